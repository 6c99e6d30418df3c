"""Only where the installed onnxruntime has OpenVINO: `make test-openvino`, which fails when nothing is collected."""

from vgg_desktop.inference.runtime import available_providers

collect_ignore_glob = [] if "OpenVINOExecutionProvider" in available_providers() else ["test_*.py"]
