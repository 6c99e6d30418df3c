"""From a file to a tensor."""
