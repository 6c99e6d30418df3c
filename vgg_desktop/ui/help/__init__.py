"""What helps users along: first steps, the keys, and the report of a problem."""
