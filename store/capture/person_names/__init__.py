"""Finds the names of persons in a text, and masks them."""
