"""How the bundled networks were made; needs PyTorch, which the app does not."""
