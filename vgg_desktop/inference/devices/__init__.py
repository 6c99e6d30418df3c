"""Which devices there are, whether their numbers are right, how fast they are, and which one answers."""
