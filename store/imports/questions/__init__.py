"""What is asked about a list before it is imported, and what can be answered."""
