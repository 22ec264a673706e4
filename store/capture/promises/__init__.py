"""Tells which sentences, list items and rows are promises: the phrases in English and Russian, and their scores."""
