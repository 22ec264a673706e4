"""Finds the parties in a text: their names there, the author, the promiser."""
