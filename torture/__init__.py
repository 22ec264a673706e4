"""The proof that nothing is lost and nothing let in: the program is tortured, from outside, and looked at."""
