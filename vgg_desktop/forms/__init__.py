"""ONNX files and the graphs that are made from them; knows neither onnxruntime nor where networks are kept."""
