"""Engine 2: a store on a server that speaks PostgreSQL's protocol, for many offices at once."""
