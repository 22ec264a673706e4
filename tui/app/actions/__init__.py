"""The actions of keys: functions of the app, bound in `tui.app.key_table`."""
