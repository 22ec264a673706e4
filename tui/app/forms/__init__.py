"""Forms without Textual: the questions of each, and the plan made of the answers; `screens.form_screen` draws them."""
