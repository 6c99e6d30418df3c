"""Which networks there are, how far each one is, and the choice between them."""
