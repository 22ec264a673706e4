"""What was meant by a command line that is refused, and what to type instead: read only where a line is refused."""
