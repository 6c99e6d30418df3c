"""The command line's contract: exit codes, what goes to stdout and to stderr, the JSON."""

import contextlib
import csv
import io
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import pytest
from PIL import Image

from tests.support.catalogs import write_own_catalog
from tests.support.classifiers import classifier, write_details
from tests.support.http_server import HttpServer, drips
from tests.support.images import many_scans, slow_tiff
from vgg_desktop import paths, settings
from vgg_desktop.cli import main
from vgg_desktop.commands import expand_patterns, split_quotes
from vgg_desktop.models.catalog import load_catalog
from vgg_desktop.models.descriptions import describe
from vgg_desktop.models.store import ModelStore
from vgg_desktop.paths import extended
from vgg_desktop.why import Why


@pytest.fixture
def server(tiny_networks: Path, app_home: Path) -> Iterator[HttpServer]:
    with HttpServer(tiny_networks) as server:
        write_own_catalog(tiny_networks, server.url(""), home=app_home)
        yield server


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    path = tmp_path / "ein Bild 🐱.jpg"
    pixels = np.random.default_rng(5).integers(0, 256, (60, 80, 3), dtype=np.uint8)
    Image.fromarray(pixels).save(path)
    return path


def lines(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def test_models(capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["models", "--json"]) == 0
    models = lines(capfd.readouterr().out)
    assert [each["id"] for each in models] == [
        "everyday",
        "starter",
        "vgg16",
        "vgg16-bn",
        "vgg19",
        "vgg19-bn",
    ]
    assert [each["installed"] for each in models] == [True, True, False, False, False, False]
    assert set(models[0]) == {"id", "title", "installed", "bytes", "sha256", "top1", "top5", "license"}
    assert main(["models"]) == 0
    assert "VGG 19_bn" in capfd.readouterr().out


def test_an_own_catalog_that_is_broken_costs_a_warning(
    app_home: Path, picture: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (app_home / "config").mkdir(parents=True)
    (app_home / "config" / "models.toml").write_text("no catalog", "utf-8")
    assert main(["classify", "--json", str(picture)]) == 0
    captured = capfd.readouterr()
    assert lines(captured.out)[0]["model"] == "everyday"
    (warning,) = (line for line in captured.err.splitlines() if "models.toml" in line)
    assert warning.startswith("Warning: ")


def test_a_description_of_the_wrong_type_costs_only_itself(
    app_home: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    folder = app_home / "data" / "models" / "odd"
    folder.mkdir(parents=True)
    spec = replace(load_catalog()[0], id="odd")
    (folder / "spec.json").write_text(json.dumps({**describe(spec), "top1": "x"}), "utf-8")
    assert main(["models", "--json"]) == 0
    assert "odd" not in [each["id"] for each in lines(capfd.readouterr().out)]


def test_download_classify_verify_remove(
    server: HttpServer, picture: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert main(["classify", "--model", "tiny-vgg16", str(picture)]) == 3
    assert "vgg-desktop download tiny-vgg16" in capfd.readouterr().err
    assert main(["download", "--json", "tiny-vgg16", "tiny-vgg19-bn"]) == 0
    out, err = capfd.readouterr()
    assert lines(out) == [{"id": id, "status": "installed"} for id in ("tiny-vgg16", "tiny-vgg19-bn")]
    assert err == ""
    assert main(["verify", "--json", "tiny-vgg16"]) == 0
    assert lines(capfd.readouterr().out) == [{"id": "tiny-vgg16", "status": "intact"}]
    assert main(["classify", "--json", "--model", "tiny-vgg16", "--top-k", "3", str(picture)]) == 0
    (result,) = lines(capfd.readouterr().out)
    assert result["path"] == str(picture)
    assert (result["model"], result["precision"]) == ("tiny-vgg16", "exact")
    assert len(result["predictions"]) == 3
    assert set(result["predictions"][0]) == {"index", "id", "label", "probability"}
    assert set(result["milliseconds"]) == {"read", "prepare", "run"}
    assert (result["form"], result["decode"]) == ("mapped", "draft")
    keys = {"resize", "crop", "interpolation", "keep_aspect", "channels", "scale", "mean", "std"}
    assert set(result["preprocessing"]) == keys
    assert set(result["versions"]) == {"vgg-desktop", "onnxruntime", "numpy", "pillow"}
    assert main(["remove", "--json", "tiny-vgg16", "starter"]) == 0
    assert [each["status"] for each in lines(capfd.readouterr().out)] == ["removed", "part of the app, stays"]


def test_the_form_that_runs_can_be_chosen(
    server: HttpServer, picture: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vgg_desktop.inference.forms.make_int8.CALIBRATED_ON", 4)
    monkeypatch.setattr("vgg_desktop.inference.forms.make_int8.COMPARED_ON", 4)
    assert main(["download", "tiny-vgg16"]) == 0
    capfd.readouterr()
    classify = ["classify", "--json", "--model", "tiny-vgg16", str(picture)]
    for form, precision in (("published", "exact"), ("mapped", "exact"), ("int8", "fast")):
        assert main([*classify, "--form", form]) == 0
        (result,) = lines(capfd.readouterr().out)
        assert (result["form"], result["precision"]) == (form, precision)
    for options, reason in (
        (["--form", "winograd"], "not faster"),  # so narrow a network gains nothing
        (["--form", "half", "--device", "cpu"], "does not run on processors"),
        (["--form", "mapped", "--precision", "fast"], "precision exact"),
        (["--form", "mapped", "--model", "starter"], "part of the app"),
    ):
        assert main([*classify, *options]) == 3
        out, err = capfd.readouterr()
        assert out == ""
        assert f"in the form {options[1]}" in err
        assert reason in err


def test_a_first_photograph_is_recognised_without_a_download(
    app_home: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    names = ("sandals", "jeans", "running-shoes")
    assert main(["classify", "--json", *(str(paths.resource(f"examples/{name}.jpg")) for name in names)]) == 0
    found = lines(capfd.readouterr().out)
    assert {each["model"] for each in found} == {"everyday"}
    best = [each["predictions"][0]["label"] for each in found]
    assert best == ["sandal", "jean, blue jean, denim", "running shoe"]


def test_failed_picture_does_not_stop_the_others(
    picture: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    broken = tmp_path / "broken.jpg"
    broken.write_bytes(b"\xff\xd8 nothing")
    assert main(["classify", "--json", "--model", "starter", str(broken), str(picture)]) == 1
    failed, fine = lines(capfd.readouterr().out)
    assert failed == {
        "path": str(broken),
        "error": {"kind": "image-unreadable", "message": failed["error"]["message"]},
    }
    assert "broken.jpg" in failed["error"]["message"]
    assert fine["path"] == str(picture)
    assert main(["classify", "--model", "starter", str(broken), str(picture)]) == 1
    out, err = capfd.readouterr()
    assert "broken.jpg" in err
    assert "broken.jpg" not in out


def test_that_only_the_first_page_counts_is_told(
    picture: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    pages = tmp_path / "pages.tif"
    with Image.open(picture) as image:
        image.save(pages, save_all=True, append_images=[image])
    told = f"{pages}: it has several pages, and only the first one is used.\n"
    assert main(["classify", "--device", "cpu", "--json", str(picture), str(pages)]) == 0
    out, err = capfd.readouterr()
    assert err == told
    assert [each.get("note") for each in lines(out)] == [
        None,
        "it has several pages, and only the first one is used",
    ]
    for form in ([], ["--csv"], ["-o", str(tmp_path / "results.csv")]):
        assert main(["classify", "--device", "cpu", *form, str(pages)]) == 0
        assert capfd.readouterr().err == told


def test_csv_and_folders(picture: Path, capfd: pytest.CaptureFixture[str]) -> None:
    deeper = picture.parent / "deeper"
    deeper.mkdir()
    (deeper / "copy.jpg").write_bytes(picture.read_bytes())
    assert (
        main(["classify", "--csv", "--model", "starter", "--top-k", "2", "--recursive", str(picture.parent)])
        == 0
    )
    rows = list(csv.DictReader(io.StringIO(capfd.readouterr().out)))
    assert [(Path(row["path"]).name, row["rank"]) for row in rows] == [
        (picture.name, "1"),
        (picture.name, "2"),
        ("copy.jpg", "1"),
        ("copy.jpg", "2"),
    ]
    assert float(rows[0]["probability"]) >= float(rows[1]["probability"])


def test_draft_decoding_stays_close(picture: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    large = tmp_path / "large.jpg"
    with Image.open(picture) as image:
        image.resize((2000, 1500), Image.Resampling.BICUBIC).save(large)
    shares = []
    for decode in ("full", "draft"):
        assert (
            main(
                ["classify", "--json", "--model", "starter", "--top-k", "10", "--decode", decode, str(large)]
            )
            == 0
        )
        (result,) = lines(capfd.readouterr().out)
        shares.append({each["index"]: each["probability"] for each in result["predictions"]})
    assert max(abs(shares[0][index] - shares[1][index]) for index in shares[0]) < 0.1


@pytest.mark.parametrize(
    ("arguments", "code", "text"),
    [
        (["classify"], 2, "PATH"),
        (["classify", "--top-k", "many", "x.jpg"], 2, "invalid int"),
        (["download"], 2, "ID"),
        (["classify", "--model", "vgg20", "x.jpg"], 3, "vgg19-bn"),
        (["classify", "--model", "starter", "--device", "abacus", "x.jpg"], 3, "cpu"),
        (["classify", "--model", "starter", "--top-k", "0", "x.jpg"], 2, "--top-k"),
        (["classify", "--model", "starter", "missing.jpg"], 1, "there is no such file"),
        (["import", "missing.onnx"], 3, "missing.onnx"),
    ],
)
def test_exit_codes(arguments: list[str], code: int, text: str, capfd: pytest.CaptureFixture[str]) -> None:
    result: int | str | None
    try:
        result = main(arguments)
    except SystemExit as exit:
        result = exit.code
    out, err = capfd.readouterr()
    assert result == code
    assert text in err
    assert out == ""


# Windows sends Ctrl+C to all that share a console.
OWN_CONSOLE = 0
if sys.platform == "win32":
    OWN_CONSOLE = subprocess.CREATE_NO_WINDOW
_CTRL_C = (
    "import ctypes, sys; kernel = ctypes.WinDLL('kernel32'); kernel.FreeConsole()\n"
    "assert kernel.AttachConsole(int(sys.argv[1])) and kernel.SetConsoleCtrlHandler(None, True)\n"
    "assert kernel.GenerateConsoleCtrlEvent(0, 0)"
)


def press_ctrl_c(process: "subprocess.Popen[str]") -> None:
    if sys.platform == "win32":
        subprocess.run([sys.executable, "-c", _CTRL_C, str(process.pid)], check=True)
    else:
        process.send_signal(signal.SIGINT)


def test_interrupt_keeps_the_partial_file(server: HttpServer, app_home: Path) -> None:
    server.otherwise = drips(30_000)
    command = [sys.executable, "-m", "vgg_desktop", "download", "tiny-vgg16"]
    pipes: Any = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(
        command, text=True, encoding="utf-8", creationflags=OWN_CONSOLE, **pipes
    ) as process:
        deadline = time.monotonic() + 60
        while not any(part.stat().st_size for part in app_home.rglob("*.part")):
            assert time.monotonic() < deadline
            time.sleep(0.1)
        press_ctrl_c(process)
        _, err = process.communicate(timeout=60)
    assert process.returncode == 130, err
    assert "Stopped." in err
    assert any(part.stat().st_size for part in app_home.rglob("*.part"))


def interrupt(is_time: Callable[["subprocess.Popen[str]"], bool], *arguments: str) -> str:
    """Run a command and end it with Ctrl+C when it is time, which it must obey soon; return its standard error."""
    command = [sys.executable, "-m", "vgg_desktop", *arguments]
    pipes: Any = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(
        command, text=True, encoding="utf-8", creationflags=OWN_CONSOLE, **pipes
    ) as process:
        deadline = time.monotonic() + 60
        while not is_time(process):
            assert time.monotonic() < deadline
            time.sleep(0.05)
        time.sleep(0.5)
        assert process.poll() is None
        begun = time.monotonic()
        press_ctrl_c(process)
        _, told = process.communicate(timeout=60)
        assert time.monotonic() - begun < 4
    assert process.returncode == 130
    return str(told)


def has_answered(process: "subprocess.Popen[str]") -> bool:
    return process.stdout is not None and bool(process.stdout.readline())


@pytest.mark.parametrize("name", ["scans.jpg", "scans.tif"])  # the second cannot be ended in its decoder
def test_an_interrupt_does_not_wait_for_a_decoder(name: str, picture: Path, tmp_path: Path) -> None:
    slow = tmp_path / name
    slow.write_bytes(many_scans(4000, 10_000) if name.endswith("jpg") else slow_tiff(12_000, 90))
    told = interrupt(
        has_answered, "classify", "--device", "cpu", "--json", "--decode", "full", str(picture), str(slow)
    )
    assert told == "Stopped.\n"


@pytest.mark.parametrize("extension", ["csv", "json", "txt"])
def test_an_interrupt_leaves_a_file_as_it_was(extension: str, picture: Path, tmp_path: Path) -> None:
    folder, output = tmp_path / "pictures", tmp_path / f"results.{extension}"
    folder.mkdir()
    for number in range(3000):
        os.link(picture, folder / f"{number}.jpg")
    output.write_text("an older one")
    told = interrupt(
        lambda _process: bool(list(tmp_path.glob(".vgg-desktop-*"))),
        "classify",
        "--device",
        "cpu",
        "-o",
        str(output),
        str(folder),
    )
    assert told == f"{output} was not written, since not all pictures are classified.\nStopped.\n"
    assert output.read_text() == "an older one"
    assert not list(tmp_path.glob(".vgg-desktop-*"))


def test_closed_pipe_is_no_error(picture: Path) -> None:
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    arguments = ["classify", "--model", "starter", "--device", "cpu", *[str(picture)] * 20]
    command = [sys.executable, "-m", "vgg_desktop", *arguments]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 0


def test_help_starts_little_more_than_python() -> None:
    """No timed test: it counts what is imported, which is what costs the time."""
    code = (
        "import sys\nfrom vgg_desktop.cli import main\n"
        "try: main(['--help'])\nexcept SystemExit: print(len(sys.modules))"
    )
    counts = []
    for program in (code, "import sys, argparse, csv, json; print(len(sys.modules))"):
        done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
        counts.append(int(done.stdout.splitlines()[-1]))
    assert counts[0] < counts[1] + 65


# Streams


def run_program(*arguments: str | bytes, **environment: str) -> "subprocess.CompletedProcess[bytes]":
    return subprocess.run(
        [sys.executable, "-m", "vgg_desktop", *arguments],
        capture_output=True,
        env={**os.environ, **environment},
        check=False,
    )


@pytest.mark.parametrize("form", ["--csv", "--json", None])
def test_pipes_are_utf_8_whatever_the_system_prefers(
    form: str | None, picture: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pipe = io.BytesIO()
    monkeypatch.delenv("PYTHONIOENCODING", raising=False)
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(pipe, "cp1252"))  # as on Windows
    assert main(["classify", *filter(None, [form]), "--model", "starter", str(picture)]) == 0
    sys.stdout.flush()
    assert picture.name.encode() in pipe.getvalue()


def test_an_encoding_that_was_asked_for_gets_escapes(picture: Path) -> None:
    done = run_program("classify", "--model", "starter", str(picture), PYTHONIOENCODING="cp1252")
    assert done.returncode == 0, done.stderr
    assert rb"ein Bild \U0001f431.jpg" in done.stdout


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="names are text there")
@pytest.mark.parametrize("form", ["--csv", "--json"])
def test_names_that_are_no_text_are_printed_with_escapes(form: str, picture: Path) -> None:
    odd = os.fsencode(picture.parent) + b"/gr\xfc\xdfe.jpg"
    Path(os.fsdecode(odd)).write_bytes(picture.read_bytes())
    done = run_program("classify", form, "--model", "starter", odd, b"missing\xff.jpg")
    assert done.returncode == 1
    assert rb"gr\udcfc\udcdfe.jpg" in done.stdout
    assert rb"missing\udcff.jpg" in done.stdout
    if form == "--json":
        first, _ = lines(done.stdout.decode())
        assert os.fsencode(first["path"]) == odd


def test_csv_rows_end_alike_on_every_system(picture: Path) -> None:
    done = run_program("classify", "--csv", "--model", "starter", "--top-k", "2", str(picture))
    assert done.stdout.startswith(b"path,rank,index,id,label,probability,error,model,sha256,")
    assert done.stdout.count(b"\r\n") == done.stdout.count(b"\n") == done.stdout.count(b"\r") == 3


@pytest.mark.parametrize("arguments", [["models"], ["classify", "--csv", "--model", "starter"]])
def test_runs_without_any_stream(arguments: list[str], picture: Path) -> None:
    program = (
        "import sys\nsys.stdout = sys.stderr = None\n"
        "from vgg_desktop.cli import main\nraise SystemExit(main(sys.argv[1:]))"
    )
    pictures = [str(picture), "missing.jpg"] if "classify" in arguments else []
    done = subprocess.run([sys.executable, "-c", program, *arguments, *pictures], check=False)
    assert done.returncode == len(pictures) // 2


def test_json_and_csv_exclude_each_other(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["classify", "--csv", "--json", "x.jpg"])
    assert caught.value.code == 2
    assert "not allowed with" in capfd.readouterr().err


# Places


def test_networks_are_looked_for_where_the_settings_say(
    server: HttpServer, tmp_path: Path, app_home: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    place = tmp_path / "elsewhere"
    settings.save(settings.Settings(models_folder=str(place)))
    assert main(["download", "tiny-vgg16"]) == 0
    assert (place / "models" / "tiny-vgg16" / "vgg16-7.onnx").exists()
    assert not (app_home / "cache" / "models" / "tiny-vgg16").exists()
    assert main(["verify", "tiny-vgg16"]) == 0
    settings.save(settings.Settings())
    capfd.readouterr()
    assert main(["verify", "tiny-vgg16"]) == 3
    assert "not on this computer" in capfd.readouterr().err


def test_names_that_no_file_can_have_are_told(picture: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["classify", "--model", "starter", "x" * 300 + ".png", "a\0b", str(picture)]) == 1
    out, err = capfd.readouterr()
    assert err.count("could not be read") == 2
    assert picture.name in out


def test_folder_that_cannot_be_read_does_not_stop_the_others(picture: Path) -> None:
    if os.name == "nt" or os.geteuid() == 0:
        pytest.skip("root may read anything; Windows has no such mode")
    closed = picture.parent / "closed"
    closed.mkdir(mode=0o300)
    done = run_program("classify", "--json", "--model", "starter", str(closed), str(picture))
    closed.chmod(0o700)
    assert done.returncode == 1
    failed, fine = lines(done.stdout.decode())
    assert failed["error"]["kind"] == "image-unreadable"
    assert "no permission" in failed["error"]["message"]
    assert fine["path"] == str(picture)


@pytest.mark.parametrize("missing", ["network", "labels", "preprocessing"])
def test_a_missing_file_of_an_import_is_told_as_such(
    missing: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    network, details = tmp_path / "own.onnx", write_details(tmp_path)
    onnx.save(classifier(), network)
    (network if missing == "network" else details[missing]).unlink()
    assert main(["import", str(network), *(f"--{name}={file}" for name, file in details.items())]) == 3
    error = capfd.readouterr().err
    assert f"{(network if missing == 'network' else details[missing]).name} " in error
    assert "there is no such file" in error
    assert "permission" not in error


def test_damaged_import_is_told_what_to_do(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "net.onnx"
    onnx.save(classifier(), path)
    details = write_details(tmp_path)
    assert main(["import", str(path), *(f"--{name}={file}" for name, file in details.items())]) == 0
    (kept,) = (ModelStore().folder(spec) / spec.filename for spec in ModelStore().imported())
    kept.write_bytes(b"damaged")
    for command in ("download", "verify"):
        assert main([command, "net"]) == 3
        assert "remove it and import it again" in capfd.readouterr().err
    assert main(["import", str(path)]) == 0
    assert main(["verify", "net"]) == 0


# What was typed


@pytest.mark.parametrize(
    ("word", "hint"),
    [("clasify", "Did you mean classify?"), ("Models", "Did you mean models?"), ("xyzzy", "--help")],
)
def test_a_word_that_means_nothing_opens_no_window(
    word: str, hint: str, capfd: pytest.CaptureFixture[str]
) -> None:
    assert main([word, "x.jpg"]) == 2
    out, err = capfd.readouterr()
    assert out == ""
    assert err.startswith(f"{word} is no command")
    assert hint in err


def test_what_exists_and_links_are_for_the_window(
    picture: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    if sys.platform != "linux":
        pytest.skip("a window would open")
    for word in (str(picture), str(picture.parent), "https://example.org/a.jpg"):
        assert main([word]) == 1
        assert "no display" in capfd.readouterr().err


def test_patterns_are_expanded_where_no_shell_does(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("b.jpg", "a.jpg", "c[1].png", "d.txt"):
        Path(name).touch()
    typed = ["*.jpg", "c[1].png", "c[1].*", "?.txt", "*.gif", "no.jpg"]
    found = ["a.jpg", "b.jpg", "c[1].png", "c[1].png", "d.txt", "*.gif", "no.jpg"]
    assert expand_patterns(map(Path, typed)) == [*map(Path, found)]


@pytest.mark.skipif(sys.platform != "win32", reason="Windows alone has no shell that does it")
def test_patterns_may_be_for_all_sub_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a/b").mkdir(parents=True)
    Path("a/b/c.jpg").touch()
    assert expand_patterns([Path("a", "**", "*.jpg")]) == [Path("a", "b", "c.jpg")]


def test_a_folder_in_quotes_may_end_with_a_backslash() -> None:
    r"""Windows takes `\"` for a quote that is part of the word, which goes on to the next one."""
    typed = ["classify", 'C:\\pics" --json -o out.jsonl', "b.jpg", 'D:"']
    meant = ["classify", "C:\\pics", "--json", "-o", "out.jsonl", "b.jpg", "D:"]
    assert list(split_quotes(typed)) == meant


@pytest.mark.skipif(sys.platform != "win32", reason="names of Windows")
def test_names_that_windows_keeps_are_told(
    picture: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(picture.parent)
    classify = ["classify", "--model", "starter", "--device", "cpu"]
    for name, reason in {
        "nul": Why.IMAGE_NOT_FILE(),
        "a<b.jpg": Why.SYSTEM_IMPOSSIBLE_NAME(),
        "*.gif": Why.SYSTEM_NO_FILE(),
    }.items():
        assert main([*classify, name]) == 1
        assert capfd.readouterr().err == f"{name} could not be read: {reason}.\n"
    for name in ("nul", "con.csv", "a<b.csv"):
        assert main([*classify, "-o", name, str(picture)]) == 3
        assert (
            f"{name} could not be read or written: {Why.SYSTEM_IMPOSSIBLE_NAME()}." in capfd.readouterr().err
        )
    assert sorted(each.name for each in picture.parent.iterdir()) == ["app home", picture.name]
    drive, name = os.path.splitdrive(picture)[0], picture.name.upper()
    assert main([*classify, drive + picture.name]) == 0
    assert main([*classify, name, f"\\\\?\\{picture}"]) == 0  # in other capitals


def test_long_paths_are_as_good_as_others(
    picture: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Windows takes them with a prefix alone, unless its administrator lifted the limit."""
    deep = extended(tmp_path.joinpath("d" * 100, "cat", "f" * 100), 200)
    deep.mkdir(parents=True)
    (deep / "long.jpg").write_bytes(picture.read_bytes())
    shown = tmp_path.joinpath(*deep.parts[-3:])
    classify = ["classify", "--model", "starter", "--device", "cpu", "--json"]
    assert main([*classify, str(shown / "long.jpg")]) == 0
    assert main([*classify, "--recursive", str(tmp_path / deep.parts[-3])]) == 0
    assert [each["path"] for each in lines(capfd.readouterr().out)] == [str(shown / "long.jpg")] * 2
    assert main([*classify, "-o", str(shown / "out.jsonl"), str(shown)]) == 0
    (written,) = lines((deep / "out.jsonl").read_text("utf-8"))
    assert written["path"] == str(shown / "long.jpg")
    evaluate = ["evaluate", "--model", "starter", "--device", "cpu", "--json", str(shown.parent.parent)]
    assert main(evaluate) == 0
    assert lines(capfd.readouterr().out)[-1]["images"] == 1
    monkeypatch.setenv(paths.HOME_VARIABLE, str(shown / "home"))
    onnx.save(classifier(), deep / "own.onnx")
    details = write_details(tmp_path)
    options = ["--labels", str(details["labels"]), "--preprocessing", str(details["preprocessing"])]
    assert main(["import", str(shown / "own.onnx"), *options]) == 0
    assert main(["classify", "--model", "own", "--device", "cpu", str(picture)]) == 0
    assert main(["remove", "own"]) == 0


def test_without_ids_all_that_is_here_is_verified(
    server: HttpServer, app_home: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert main(["download", "tiny-vgg16"]) == 0
    capfd.readouterr()
    assert main(["verify", "--json"]) == 0
    assert [each["id"] for each in lines(capfd.readouterr().out)] == ["everyday", "starter", "tiny-vgg16"]
    (path,) = app_home.rglob("vgg16-7.onnx")
    path.write_bytes(b"damaged")
    assert main(["verify"]) == 3
    out, err = capfd.readouterr()
    assert "intact" in out
    assert "vgg16-7.onnx" in err


def test_long_ids_do_not_break_the_columns(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a-network-with-a-very-long-name.onnx"
    onnx.save(classifier(), path)
    details = write_details(tmp_path)
    assert main(["import", str(path), *(f"--{name}={file}" for name, file in details.items())]) == 0
    capfd.readouterr()
    assert main(["models"]) == 0
    rows = capfd.readouterr().out.splitlines()
    assert len({row.index("  top-1 ") for row in rows}) == 1


def test_nothing_in_a_name_controls_the_terminal(capfd: pytest.CaptureFixture[str]) -> None:
    name = "a\x1b[2J\x9b\u202egpj.exe\n.jpg"
    assert main(["classify", "--model", "starter", name]) == 1
    assert r"a\x1b[2J\x9b\u202egpj.exe\n.jpg could not be read" in capfd.readouterr().err
    assert main([name]) == 2
    assert r"a\x1b[2J" in capfd.readouterr().err


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="systems with a list of users")
def test_without_a_home_a_sentence_says_what_to_do() -> None:
    program = (
        "import os, pwd, sys\n"
        "def missing(_id): raise KeyError\n"  # as for a user id that is in no list, in a container
        "pwd.getpwuid = missing\nos.environ.clear()\n"
        "os.environ['QT_QPA_PLATFORM'] = 'offscreen'\n"
        "from vgg_desktop.cli import main\nraise SystemExit(main(sys.argv[1:]))"
    )
    for command in (["models"], ["classify", "x.jpg"], ["verify"], ["gui"]):
        done = subprocess.run(
            [sys.executable, "-c", program, *command], capture_output=True, text=True, check=False
        )
        assert "Traceback" not in done.stderr
        assert (done.returncode, "VGG_DESKTOP_HOME" in done.stderr) == (1, True), done.stderr


# Forms of output


def test_results_can_go_into_a_file(picture: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    classify = ["classify", "--model", "starter", "--top-k", "2", str(picture), "missing.jpg", "-o"]
    for name in ("a.csv", "b.jsonl", "c.txt"):
        assert main([*classify, str(tmp_path / name)]) == 1
        out, err = capfd.readouterr()
        assert out == ""
        assert "missing.jpg could not be read" in err
    rows = list(csv.DictReader(io.StringIO((tmp_path / "a.csv").read_text("utf-8-sig"))))
    assert [row["rank"] for row in rows] == ["1", "2", ""]
    found = lines((tmp_path / "b.jsonl").read_text("utf-8"))
    assert [each["path"] for each in found] == [str(picture), "missing.jpg"]
    assert len((tmp_path / "c.txt").read_text("utf-8").splitlines()) == 3
    assert main([*classify, str(tmp_path / "no" / "folder.csv")]) == 3
    assert "folder.csv" in capfd.readouterr().err
    assert main(["classify", "--csv", "--wide", "--model", "starter", "--top-k", "2", str(picture)]) == 0
    header, row = csv.reader(io.StringIO(capfd.readouterr().out))
    assert header[:6] == ["path", "label_1", "probability_1", "label_2", "probability_2", "error"]
    assert (row[0], row[1], len(row)) == (str(picture), rows[0]["label"], len(header))


def test_what_is_below_the_threshold_is_not_sure(picture: Path, capfd: pytest.CaptureFixture[str]) -> None:
    classify = ["classify", "--model", "starter", str(picture), "--threshold"]
    for threshold, sure in (("0", True), ("1", False)):
        assert main([*classify, threshold, "--json"]) == 0
        assert lines(capfd.readouterr().out)[0]["sure"] is sure
        assert main([*classify, threshold, "--csv"]) == 0
        assert next(csv.DictReader(io.StringIO(capfd.readouterr().out)))["sure"] == ("yes" if sure else "no")
        assert main([*classify, threshold]) == 0
        assert ("not sure" in capfd.readouterr().out) is not sure
    for threshold in ("30", "-0.1", "nan", "x"):
        with pytest.raises(SystemExit) as caught:
            main([*classify[:-1], f"--threshold={threshold}"])
        assert caught.value.code == 2
        assert "from 0 to 1" in capfd.readouterr().err


def run_in_terminal(*arguments: str, output_too: bool) -> tuple[str, str]:
    """Return what a program prints on a terminal, and what goes into a pipe."""
    pty = pytest.importorskip("pty")
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "vgg_desktop", *arguments]
    with subprocess.Popen(
        command, stdout=theirs if output_too else subprocess.PIPE, stderr=theirs
    ) as process:
        os.close(theirs)
        printed = b""
        with contextlib.suppress(OSError):  # how Linux tells the end
            while block := os.read(ours, 4096):
                printed += block
        piped = process.stdout.read() if process.stdout is not None else b""
    os.close(ours)
    assert process.returncode == 0, printed
    return printed.decode(), piped.decode()


def test_on_a_terminal_each_picture_has_a_line_and_pipes_have_progress(picture: Path) -> None:
    classify = ["classify", "--model", "starter", str(picture), str(picture)]
    printed, _ = run_in_terminal(*classify, output_too=True)
    assert len(printed.splitlines()) == 2
    assert all(line.endswith(str(picture)) for line in printed.splitlines())
    printed, piped = run_in_terminal(*classify, output_too=False)
    assert "2 of 2" in printed
    assert len(piped.splitlines()) == 12


def test_a_missing_library_of_the_system_is_named() -> None:
    program = (
        "import sys\n"
        "sys.modules['PySide6.QtNetwork'] = None\n"  # as without libgssapi_krb5
        "from vgg_desktop.cli import main\nraise SystemExit(main(['download', 'vgg16']))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 3
    assert "libgssapi-krb5-2" in done.stderr
    assert "Traceback" not in done.stderr


def test_names_of_classes_in_another_language(picture: Path, capfd: pytest.CaptureFixture[str]) -> None:
    classify = ["classify", "--model", "starter", "--device", "cpu", "--top-k", "10", str(picture)]
    assert main(classify) == 0
    english = capfd.readouterr().out
    assert "airplane" in english
    for language, airplane in (("en", "airplane"), ("de", "Flugzeug"), ("ja", "飛行機")):
        assert main([*classify, "--language", language]) == 0
        told = capfd.readouterr().out
        assert len(told.splitlines()) == 11
        assert ("airplane" in told) == (language == "en")
        assert f" %  {airplane}\n" in told
    for form in ("--json", "--csv"):
        assert main([*classify, form, "--language", "de"]) == 0
        told = capfd.readouterr().out
        assert "airplane" in told
        assert "Flugzeug" not in told
    with pytest.raises(SystemExit) as ended:
        main([*classify, "--language", "tlh"])
    assert ended.value.code == 2
