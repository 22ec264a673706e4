"""Screens: each shows one thing about the ledger, or asks for something; none writes."""
