"""Sheets: what each form asks, and what is done with the answers. No Textual here: a form draws any of them."""
