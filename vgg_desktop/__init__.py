"""VGG Desktop: classifies pictures with VGG and other ONNX networks on this computer."""

__version__ = "0.1.0"
