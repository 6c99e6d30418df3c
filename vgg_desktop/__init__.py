"""VGG Desktop: what the VGG networks see in a picture, worked out on this computer."""

__version__ = "0.1.0"
