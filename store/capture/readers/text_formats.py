"""The formats of texts that capture reads."""

FORMATS = ("txt", "md", "docx", "pdf", "html", "eml")

LONGEST_TEXT = 5_000_000
"""The most characters of a text: about 1,500 pages."""
