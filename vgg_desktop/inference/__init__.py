"""From a tensor to the most probable classes."""

ISOLATED = "--isolated"  # the first argument of a child process of `isolation`
