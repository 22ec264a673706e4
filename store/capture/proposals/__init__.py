"""Proposes the commitments of a text, knows those that are taken or were refused, and takes one into the store."""
