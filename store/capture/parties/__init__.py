"""Finds the parties in a text: how they are called there, who wrote it, who promises."""
