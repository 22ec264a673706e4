"""Proposes the commitments of a text, recognises entered and refused ones, and enters one into the store."""
