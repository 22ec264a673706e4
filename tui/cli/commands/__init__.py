"""The commands, each a function of its arguments and the session."""
