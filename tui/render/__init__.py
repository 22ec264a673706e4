"""What both the command line and the app print, as lines of styled segments."""
