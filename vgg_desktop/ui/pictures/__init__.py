"""The list of pictures, and the one that is looked at."""
