"""From a tensor to the most probable classes."""
