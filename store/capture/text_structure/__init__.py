"""Cuts a text into blocks and sentences, and tells their language, their headings and what is quoted."""
