"""Reads a file of any format, in a limited child process, into a text with its pages."""
