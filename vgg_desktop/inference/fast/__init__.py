"""Fast: the 8-bit form of a network for the CPU, and the half-precision form for graphics processors."""
