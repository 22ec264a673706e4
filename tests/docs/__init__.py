"""The documents are run and compared with the program: README, docs/, ARCHITECTURE, CHANGELOG, SECURITY."""
