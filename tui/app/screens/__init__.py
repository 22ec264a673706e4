"""Screens: each shows the snapshot or asks for something; none writes to the store."""
