"""What the keys do: plain functions of the app, named by the key table."""
