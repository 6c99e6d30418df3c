"""The devices of this computer: what can run the networks, how fast it is, and whether its answers are right."""
