"""The claims of CONTRIBUTING about the code, as assertions."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

import vgg_desktop

PACKAGE = Path(vgg_desktop.__file__).parent
ROOT = PACKAGE.parent
# From the bottom up; what stands in one line does not know its neighbours.
LAYERS = (
    {"formatting"},
    {"reasons"},
    {"why"},
    {"errors", "content", "system_errors"},
    {"paths"},
    {"files"},
    {"tables", "logs", "http_client"},
    {"settings"},
    {"forms", "models"},
    {"images"},
    {"inference"},
    {"export", "evaluation", "history", "terminal"},
    {"sorting"},
    {"commands", "ui"},
    {"self_test"},
    {"cli"},
    {"__main__"},
)
RANKS = {name: rank for rank, names in enumerate(LAYERS) for name in names}
QT_OUTSIDE_THE_WINDOW = {"http_client"}
MODULES = sorted(PACKAGE.rglob("*.py"))


def module_name(path: Path) -> str:
    return path.relative_to(PACKAGE).with_suffix("").as_posix()


def layer(module: str) -> str:
    """Return the first part of a module's name after the package's."""
    return module.split(".")[1] if "." in module else ""


def imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} has a relative import"
            assert node.module is not None
            found |= (
                {f"vgg_desktop.{alias.name}" for alias in node.names if alias.name != "__version__"}
                if node.module == "vgg_desktop"
                else {node.module}
            )
    return found


@pytest.mark.parametrize("path", MODULES, ids=module_name)
def test_imports_follow_the_layers(path: Path) -> None:
    name = module_name(path)
    own = name.split("/")[0]
    for imported in imports(path):
        top = imported.split(".")[0]
        if top == "PySide6":
            assert own == "ui" or name in QT_OUTSIDE_THE_WINDOW
            assert imported != "PySide6.QtWidgets" or own == "ui"
        if top == "onnxruntime":
            assert name == "inference/runtime"
        other = layer(imported) if top == "vgg_desktop" else ""
        if other and own != "__init__" and other != own:
            assert RANKS[other] < RANKS[own], f"{name} imports {imported}"


def test_no_flag_of_qt_is_inverted() -> None:
    """From Python 3.12 on, `~` of such a flag keeps only the bits below its highest one."""
    for path in (PACKAGE / "ui").rglob("*.py"):
        found = [
            each for each in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(each, ast.Invert)
        ]
        assert not found, path


def test_only_the_window_answers_from_the_history() -> None:
    for path in MODULES:
        if any(each.startswith("vgg_desktop.history") for each in imports(path)):
            assert module_name(path).split("/")[0] in ("history", "ui"), path


def listed_modules() -> set[str]:
    """Return the modules of the package that CONTRIBUTING's map names, as paths without their ending."""
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    tree = re.search(r"```\nvgg_desktop/\n(.*?)\n[a-z]", text, re.DOTALL)
    assert tree is not None
    folders: list[tuple[int, str]] = []
    found = set()
    for line in tree[1].splitlines():
        depth = len(line) - len(line.lstrip())
        names = re.match(r"((?:[\w/]+\.py|[\w/]+/)(?:, |,$)?)+", line.strip())
        if names is None:
            continue  # the second line of an explanation
        while folders and folders[-1][0] >= depth:
            folders.pop()
        for each in filter(None, re.split(r",\s*", names[0])):
            if each.endswith("/"):
                folders.append((depth, each.strip("/")))
            else:
                found.add("/".join([*(folder for _, folder in folders), each.removesuffix(".py")]))
    return found


def test_the_map_of_the_tree_is_complete() -> None:
    written = {module_name(path) for path in MODULES if path.stem != "__init__"}
    assert listed_modules() == written


@pytest.mark.parametrize("path", MODULES, ids=module_name)
def test_modules_are_short_and_named_for_what_they_do(path: Path) -> None:
    assert path.stem not in ("utils", "helpers", "common", "misc", "manager")
    assert len(path.read_text("utf-8").splitlines()) <= 400


# What takes as long as a disk, a decoder or a network does; `inference.results` is plain data.
SLOW_MODULES = (
    "vgg_desktop.images.reading",
    "vgg_desktop.images.finding",
    "vgg_desktop.images.preprocessing",
)
SLOW_CALLS = {
    *(
        "find_pictures",
        "import_model",
        "rglob",
        "glob",
        "walk",
        "sha256_of",
        "install_file",
        "import_files",
    ),
    *("write_csv", "write_json_lines", "sort_into_folders", "decode_inline"),
}


def run_time_imports(path: Path) -> set[str]:
    """Return what a module imports, but not only for its annotations."""
    tree = ast.parse(path.read_text("utf-8"))
    typing_only = [
        inner
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
        for inner in ast.walk(node)
    ]
    return {
        node.module
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module and node not in typing_only
    }


@pytest.mark.parametrize(
    "path",
    [each for each in MODULES if each.is_relative_to(PACKAGE / "ui")],
    ids=lambda path: str(path.relative_to(PACKAGE)),
)
def test_in_the_window_only_the_work_of_jobs_calls_what_is_slow(path: Path) -> None:
    if path.parent.name == "work":
        return
    for module in run_time_imports(path):
        assert module not in SLOW_MODULES
        assert not module.startswith("vgg_desktop.inference") or module.endswith(".results"), module
    calls = [node.func for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call)]
    names = {each.attr if isinstance(each, ast.Attribute) else getattr(each, "id", "") for each in calls}
    assert not names & SLOW_CALLS or path.stem == "mime", names & SLOW_CALLS


def test_only_the_app_makes_workers_stores_and_windows() -> None:
    for path in (PACKAGE / "ui").rglob("*.py"):
        made = {
            node.func.id
            for node in ast.walk(ast.parse(path.read_text("utf-8")))
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        }
        if path.stem != "app":
            assert not made & {"JobQueue", "Engine", "ModelStore", "MainWindow"}, path


def test_the_command_line_starts_without_heavy_libraries() -> None:
    code = "import sys, vgg_desktop.cli; print(*(m for m in sys.modules if m in %r))"
    heavy = ("PySide6", "onnxruntime", "numpy", "PIL")
    done = subprocess.run([sys.executable, "-c", code % (heavy,)], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
