"""Programs that are run as floors: what the app does cannot be had for less, or what the same costs elsewhere."""
