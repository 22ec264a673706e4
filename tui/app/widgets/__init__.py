"""Widgets: each draws what it is given and posts messages; none knows a database, a session or a screen."""
