"""Capture: reads a text, and proposes the commitments in it; a person decides on each.

`readers` make a text of a file, `text_structure` cuts it into blocks and sentences, `promises` tells which of them promise,
`parties` who does, `fields` what, to whom and until when; `person_names` masks persons; `proposals` puts all together.
"""
