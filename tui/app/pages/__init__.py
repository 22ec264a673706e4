"""What the screens show, as lines of styled pieces: pure functions of a ledger and a width, without Textual."""
