"""Reads a Word document without what nobody sees in it."""
