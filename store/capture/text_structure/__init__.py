"""Splits a text into blocks and sentences, and finds its language, headings and quotations."""
