"""The networks: their state, and the choice between them."""
