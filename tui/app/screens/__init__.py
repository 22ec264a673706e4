"""Screens: each shows one thing about the snapshot, or asks for something; none writes."""
