"""Programs for those who work on VGG Desktop."""
