"""Text of the command line and the app: words, tables and pages, as lines of styled segments."""
