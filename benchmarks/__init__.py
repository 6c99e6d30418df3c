"""Programs that run us and the alternative in turn, and print ratios."""
