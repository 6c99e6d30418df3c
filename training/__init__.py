"""How the starter network was made; needs PyTorch, which the app does not."""
