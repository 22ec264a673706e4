"""Capture: reads a text, and proposes the commitments that stand in it; a person decides on each."""
