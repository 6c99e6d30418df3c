"""What background jobs do: the only modules of the window that call slow functions of the core.

They import numpy, Pillow and onnxruntime when a job needs them: before the first paint they would keep the window
waiting.
"""
