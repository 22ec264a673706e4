"""The papers: a snapshot -> a document that says what may be handed over, in its reader's language."""
