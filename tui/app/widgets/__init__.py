"""Widgets: each draws the data it is given and posts messages; none knows a database, a session or a screen."""
