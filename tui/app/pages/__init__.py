"""The contents of screens as lines of styled text: pure functions of a snapshot and a width, without Textual."""
