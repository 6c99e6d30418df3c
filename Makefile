# Two commands do everything on a fresh Linux or macOS machine: `make run` and `make test`.
# On Windows type the plain commands that the README names.

VENV := .venv
PYTHON := $(VENV)/bin/python
UV := $(shell command -v uv 2>/dev/null || echo .uv/bin/uv)
OPENVINO := .venv-openvino
OLDEST := .venv-oldest
EXPORTERS ?= torch,keras,tensorflow,sklearn,paddle,timm,transformers
TEST_ENVIRONMENT := QT_QPA_PLATFORM=offscreen ORT_DISABLE_TELEMETRY=1

.PHONY: run test test-slow test-openvino test-oldest test-exporters lint format translations benchmark package test-package test-windows package-windows test-package-windows clean libraries test-libraries windows-libraries

run: libraries $(VENV)/app.stamp
	@$(PYTHON) -m vgg_desktop

test: test-libraries $(VENV)/dev.stamp lint
	$(TEST_ENVIRONMENT) sh scripts/test.sh $(PYTHON)

test-slow: test-libraries $(VENV)/dev.stamp
	$(TEST_ENVIRONMENT) $(PYTHON) -m pytest -m slow

# A second provider that really runs, in an environment of its own: OpenVINO's build of onnxruntime.
test-openvino: test-libraries $(OPENVINO)/test.stamp
	$(TEST_ENVIRONMENT) $(OPENVINO)/bin/python -m pytest tests/openvino tests/test_cli_devices.py \
		tests/inference/devices/test_listing.py tests/inference/test_runtime.py \
		tests/inference/devices/test_lying_providers.py

# What concerns foreign networks, with the oldest onnxruntime that we allow.
test-oldest: test-libraries $(OLDEST)/test.stamp
	$(TEST_ENVIRONMENT) $(OLDEST)/bin/python -m pytest tests/forms tests/models/test_imports.py \
		tests/models/test_imports_again.py tests/inference/test_any_classifier.py \
		tests/inference/test_exported_networks.py tests/inference/test_examination.py tests/inference/test_isolation.py \
		tests/inference/test_hostile_networks.py tests/inference/test_runtime.py tests/inference/forms/test_make_mapped.py

# Networks as the exporters make them that people use, each in an environment of its own (some gigabytes):
# `EXPORTERS=torch,keras make test-exporters` tries some. One that cannot be set up fails, and the others still run.
# An exporter writes all its networks in one test, which takes minutes and is no hang.
comma := ,
test-exporters: test-libraries $(VENV)/dev.stamp
	-@$(MAKE) --keep-going --no-print-directory $(patsubst %,.exporters/%/ready.stamp,$(subst $(comma), ,$(EXPORTERS)))
	$(TEST_ENVIRONMENT) EXPORTERS=$(EXPORTERS) $(PYTHON) -m pytest -o faulthandler_timeout=1800 -m exporters \
		tests/exporters

lint: $(VENV)/dev.stamp
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/mypy

format: $(VENV)/dev.stamp
	$(VENV)/bin/ruff format .

# New texts of the window then wait as unfinished in resources/i18n/*.ts; translate them there and run it again.
translations: $(VENV)/dev.stamp
	$(PYTHON) scripts/translations.py

# Takes half an hour and writes benchmarks/README.md. PEERS names interpreters that have PyTorch and others to compare.
benchmark: test-libraries $(VENV)/dev.stamp
	ORT_DISABLE_TELEMETRY=1 $(PYTHON) -m benchmarks.report --peers $(PEERS)

# The Debian package, with the program and everything it needs.
package: libraries $(VENV)/package.stamp
	QT_QPA_PLATFORM=offscreen $(PYTHON) -m installers.bundle
	QT_QPA_PLATFORM=offscreen $(PYTHON) -m installers.deb

# What `make package` made, in a clean Debian without Python. Needs root, mmdebstrap and Xvfb.
test-package: test-libraries
	unshare --mount --pid --fork --kill-child --mount-proc $(PYTHON) -m installers.try_deb

# The same for Windows, with Windows' own Python under Wine. Needs root, Debian, and 5 GB for what is set up
# once in /var/cache/vgg-desktop-windows (3 minutes; VGG_DESKTOP_WINDOWS names another folder).
test-windows: windows-libraries $(VENV)/dev.stamp
	$(PYTHON) -m scripts.windows.suite

package-windows: windows-libraries $(VENV)/dev.stamp
	$(PYTHON) -m scripts.windows.computer python -m installers.bundle --no-measuring
	QT_QPA_PLATFORM=offscreen $(PYTHON) -m installers.windows_setup

# What `make package-windows` made, in a Windows that has nothing else.
test-package-windows: windows-libraries $(VENV)/dev.stamp
	QT_QPA_PLATFORM=offscreen $(PYTHON) -m installers.try_windows

libraries:
	@sh scripts/linux_libraries.sh window

test-libraries:
	@sh scripts/linux_libraries.sh test

windows-libraries: test-libraries
	@sh scripts/linux_libraries.sh windows

.uv/bin/uv:
	python3 -m venv .uv
	.uv/bin/pip install --quiet uv

$(VENV)/app.stamp: pyproject.toml constraints.txt $(filter .uv/%,$(UV))
	test -x $(PYTHON) || $(UV) venv --quiet --python '>=3.11,<3.15' $(VENV)
	$(UV) pip install --quiet --python $(PYTHON) --constraint constraints.txt --editable .
	touch $@

$(VENV)/dev.stamp: $(VENV)/app.stamp
	$(UV) pip install --quiet --python $(PYTHON) --constraint constraints.txt --group dev
	touch $@

$(OPENVINO)/test.stamp: pyproject.toml constraints.txt openvino.txt $(filter .uv/%,$(UV))
	test -x $(OPENVINO)/bin/python || $(UV) venv --quiet --python '>=3.11,<3.14' $(OPENVINO)
	$(UV) pip install --quiet --python $(OPENVINO)/bin/python --constraint constraints.txt --override openvino.txt \
		--group test --editable . onnxruntime-openvino==1.24.1
	touch $@

$(OLDEST)/test.stamp: pyproject.toml constraints.txt $(filter .uv/%,$(UV))
	test -x $(OLDEST)/bin/python || $(UV) venv --quiet --python '>=3.11,<3.14' $(OLDEST)
	$(UV) pip install --quiet --python $(OLDEST)/bin/python --constraint constraints.txt --group test --editable .
	$(UV) pip install --quiet --python $(OLDEST)/bin/python onnxruntime==1.24.4
	touch $@

# By pip, not uv: it also takes a PyTorch for the processor from a place that pip's own settings name.
.exporters/%/ready.stamp: tests/exporters/requirements/%.txt $(filter .uv/%,$(UV))
	@echo "Setting up $* to export networks; the log is .exporters/$*/pip.log"
	@test -x .exporters/$*/bin/python || $(UV) venv --quiet --seed --python '>=3.11,<3.12' .exporters/$*
	@.exporters/$*/bin/python -m pip install --requirement $< >.exporters/$*/pip.log 2>&1 \
		|| { tail -n 3 .exporters/$*/pip.log; exit 1; }
	@touch $@

$(VENV)/package.stamp: $(VENV)/app.stamp
	$(UV) pip install --quiet --python $(PYTHON) --constraint constraints.txt --group package
	touch $@

clean:
	rm -rf $(VENV) $(OPENVINO) $(OLDEST) .exporters .uv build dist .mypy_cache .ruff_cache .pytest_cache
