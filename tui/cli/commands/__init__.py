"""The functions of the commands: those that read or write files get the session, those that change a transaction."""
