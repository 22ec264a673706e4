"""The durable file: one store in one JSON file."""
