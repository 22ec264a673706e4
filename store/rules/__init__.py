"""The product's rules as pure functions of records and days."""
