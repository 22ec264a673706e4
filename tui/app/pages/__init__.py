"""What the screens show, as lines of styled pieces: pure functions of a snapshot and a width, without Textual."""
