"""From the source to what users install. Called so because `packaging` is the name of a library we run with."""
