"""Code that runs inside the process of the program under test; it imports nothing else of the torture."""
