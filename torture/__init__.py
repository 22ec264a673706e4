"""Fault injection, kills, power cuts, races and hostile input against the real program: `make torture`."""
