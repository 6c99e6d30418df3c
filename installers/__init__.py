"""From the source to what people install. Called so because `packaging` is the name of a library we run with."""
