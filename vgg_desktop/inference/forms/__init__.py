"""The forms of a network on this computer: found, made, compared and opened."""
