"""Documents and commitments -> what other programs open. One module a format, loaded when it is asked for."""
