"""Which networks exist, and which are on this computer."""
