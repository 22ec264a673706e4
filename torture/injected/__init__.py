"""What runs inside the process of the program under test. It imports nothing of the rest of the torture."""
