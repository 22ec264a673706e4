"""Making a store, backup, restore, examination, the demo."""
