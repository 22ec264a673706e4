"""Build documents from a snapshot: meeting sheet, donor's report, list; in the reader's language."""
