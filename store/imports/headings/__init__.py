"""Find the headings of a list, and tell by their synonyms which field of a commitment each means."""
