"""Finds the fields of a proposal: its deadline, seats, kind and title, and the day of its text."""
