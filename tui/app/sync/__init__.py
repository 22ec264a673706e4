"""Saving in the background, and noticing what others save."""
