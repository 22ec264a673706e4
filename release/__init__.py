"""Builds what a release is made of: `python -m release`."""
