"""Settings: sparse, and never in the way of the start."""

import json
import logging
import os
import sys
from dataclasses import fields, replace
from pathlib import Path

import pytest

from vgg_desktop import paths, settings
from vgg_desktop.settings import Settings


def _write(app_home: Path, text: str) -> Path:
    file = app_home / "config" / "settings.json"
    file.parent.mkdir(parents=True)
    file.write_text(text, "utf-8")
    return file


def test_only_what_differs_is_written(app_home: Path) -> None:
    settings.save(replace(Settings(), model="vgg19"))
    assert json.loads((app_home / "config" / "settings.json").read_text()) == {"model": "vgg19"}
    assert settings.load() == Settings(model="vgg19")


def test_every_choice_comes_back(app_home: Path) -> None:
    chosen = Settings(
        model="vgg16",
        top_k=20,
        unsure_below=0,
        appearance="dark",
        language="ja",
        precision="fast",
        device="cuda:0",
        threads=64,
        models_folder=str(app_home / "networks"),
        fetch_links=True,
        check_updates=True,
        downloads=False,
        mirror="https://mirror.example/networks",
        shared_networks=str(app_home / "shared"),
        history_limit=500,
        recent=("/pictures/Käse \udcff.jpg", "/pictures"),
        doubted=("mine",),
        speeds=(("starter", 12.5), ("vgg19", 900.0)),
    )
    others = {field.name for field in fields(Settings)} - {
        "history",
        "locked",
    }  # without history nothing is recent
    assert all(getattr(chosen, name) != getattr(Settings(), name) for name in others)
    settings.save(chosen)
    assert settings.load() == chosen
    assert json.loads((app_home / "config" / "settings.json").read_text())["speeds"] == {
        "starter": 12.5,
        "vgg19": 900.0,
    }


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "\x00", "[" * 100_000, '{"model": 5, "top_k": "x"}', '{"top_k": 0, "new": 1}']
)
def test_broken_settings_never_stop_the_start(text: str, app_home: Path) -> None:
    _write(app_home, text)
    assert settings.load() == Settings()


@pytest.mark.parametrize("text", ["{", "[]", "\x00", "[" * 100_000])
def test_a_broken_file_is_set_aside(text: str, app_home: Path) -> None:
    file = _write(app_home, text)
    settings.load()
    assert not file.exists()
    assert file.with_name("settings.json.bad").read_text() == text


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("model", ""),
        ("model", 5),
        ("top_k", 21),
        ("top_k", True),
        ("top_k", 5.0),
        ("appearance", "purple"),
        ("language", "tlh"),
        ("language", ["de"]),
        ("threads", -1),
        ("threads", 65),
        ("models_folder", "somewhere/relative"),
        ("models_folder", None),
        ("fetch_links", 1),
        ("check_updates", "yes"),
        ("recent", "/a"),
        ("doubted", "mine"),
        ("speeds", [1]),
    ],
)
def test_a_bad_value_costs_only_itself(
    name: str, value: object, app_home: Path, caplog: pytest.LogCaptureFixture
) -> None:
    other = {"threads": 4} if name != "threads" else {"top_k": 7}
    file = _write(app_home, json.dumps({name: value, **other}))
    with caplog.at_level(logging.WARNING, "vgg_desktop"):
        loaded = settings.load()
    assert loaded == Settings(**other)  # type: ignore[arg-type]
    assert [name in record.getMessage() for record in caplog.records] == [True]
    assert file.exists()


def test_bad_entries_of_lists_are_left_out(app_home: Path) -> None:
    _write(
        app_home,
        '{"recent": ["/a", 5, "", "/a", "/b"], "speeds": {"a": 2, "b": NaN, "c": -1, "d": "x", "e": true}}',
    )
    assert settings.load() == Settings(recent=("/a", "/b"), speeds=(("a", 2.0),))


def test_a_number_too_long_for_a_float_is_no_speed(app_home: Path) -> None:
    _write(app_home, '{"speeds": {"a": 1' + "0" * 400 + "}}")
    assert settings.load() == Settings()


def test_what_a_newer_version_keeps_is_kept(app_home: Path) -> None:
    file = _write(app_home, '{"loupe": {"size": 3}, "top_k": 9}')
    settings.save(replace(settings.load(), top_k=5, model="vgg19"))
    assert json.loads(file.read_text()) == {"loupe": {"size": 3}, "model": "vgg19"}


def test_a_file_saved_by_an_editor_with_a_mark_is_read(app_home: Path) -> None:
    _write(app_home, '\ufeff{"top_k": 9}')
    assert settings.load() == Settings(top_k=9)


def test_recent_files_are_few_and_the_newest_first() -> None:
    chosen = Settings()
    for number in range(15):
        chosen = chosen.with_recent(Path(f"/pictures/{number}.png"))
    chosen = chosen.with_recent(Path("/pictures/8.png"))
    assert len(chosen.recent) == 12
    assert chosen.recent[:2] == (str(Path("/pictures/8.png")), str(Path("/pictures/14.png")))
    assert len(set(chosen.recent)) == 12


def test_a_doubt_about_a_network_is_kept_until_it_is_confirmed() -> None:
    doubted = Settings().with_doubt("a", True).with_doubt("b", True).with_doubt("a", True)
    assert doubted.doubted == ("b", "a")
    assert doubted.with_doubt("b", False).with_doubt("c", False).doubted == ("a",)


def test_speeds_are_noted_by_network() -> None:
    chosen = Settings().with_speed("vgg19", 900).with_speed("starter", 20).with_speed("vgg19", 800)
    assert chosen.speed("vgg19") == 800
    assert chosen.speed("starter") == 20
    assert chosen.speed("vgg16") is None
    assert hash(chosen)


def test_unwritable_folder_costs_nothing_else(app_home: Path) -> None:
    app_home.mkdir()
    (app_home / "config").write_text("in the way")
    settings.save(Settings(model="vgg19"))
    assert settings.load() == Settings()


@pytest.mark.skipif(os.name != "posix", reason="rights of POSIX")
def test_only_the_user_can_read_the_settings(app_home: Path) -> None:
    path = app_home / "config" / "settings.json"
    settings.save(replace(Settings(), top_k=3))
    assert path.stat().st_mode & 0o777 == 0o600
    path.chmod(0o644)  # as an older version wrote it
    assert settings.load().top_k == 3
    assert path.stat().st_mode & 0o777 == 0o600


class TestAdministrator:
    """What the administrator sets for all users of the computer, in a file beside theirs."""

    @staticmethod
    def _write(tmp_path: Path, text: str | dict[str, object]) -> Path:
        file = tmp_path / "machine" / "settings.json"
        file.parent.mkdir(exist_ok=True)
        file.write_text(text if isinstance(text, str) else json.dumps(text), "utf-8")
        return file

    def test_it_sets_the_defaults_and_users_may_differ(self, tmp_path: Path, app_home: Path) -> None:
        self._write(tmp_path, {"language": "de", "top_k": 3})
        assert settings.load() == Settings(language="de", top_k=3) == settings.defaults()
        settings.save(
            replace(settings.load(), top_k=5)
        )  # the app's own default, which is not this computer's
        assert json.loads((app_home / "config/settings.json").read_text()) == {"top_k": 5}
        assert settings.load() == Settings(language="de", top_k=5)

    def test_a_locked_key_is_not_the_users(self, tmp_path: Path, app_home: Path) -> None:
        own = _write(app_home, '{"language": "ja", "threads": 4}')
        file = self._write(tmp_path, {"language": "de", "locked": ["language"]})
        chosen = settings.load()
        assert (chosen.language, chosen.threads, chosen.locked) == ("de", 4, frozenset({"language"}))
        settings.save(replace(chosen, language="en", threads=5))
        assert settings.load().language == "de"
        file.unlink()  # what the user had chosen is there again
        assert json.loads(own.read_text()) == {"language": "ja", "threads": 5}

    @pytest.mark.parametrize("switch", settings.SWITCHES)
    def test_a_switch_that_is_locked_without_a_value_is_off(
        self, switch: str, tmp_path: Path, app_home: Path
    ) -> None:
        _write(app_home, json.dumps({switch: True}))
        self._write(tmp_path, {"locked": [switch]})
        assert settings.load().is_off(switch)
        self._write(tmp_path, {switch: True, "locked": [switch]})
        assert not settings.load().is_off(switch)
        assert getattr(settings.load(), switch) is True

    def test_without_history_nothing_is_remembered(self, tmp_path: Path, app_home: Path) -> None:
        own = _write(app_home, '{"recent": ["/pictures/cat.jpg"]}')
        self._write(tmp_path, {"locked": ["history"]})
        chosen = settings.load().with_recent(tmp_path / "dog.jpg")
        assert chosen.recent == ()
        settings.save(chosen)
        assert json.loads(own.read_text()) == {}

    @pytest.mark.parametrize(
        "text",
        [
            *("", "{", "[]", "[" * 100_000),
            '{"locked": "downloads"}',
            '{"locked": [1]}',
            '{"downloads": "no", "locked": ["downloads"]}',
            '{"mirror": "ftp://a", "locked": ["mirror"]}',
        ],
    )
    def test_a_file_that_cannot_be_used_forbids_what_it_could(
        self, text: str, tmp_path: Path, app_home: Path, caplog: pytest.LogCaptureFixture
    ) -> None:
        values = {"fetch_links": True, "threads": 4, "recent": ["/pictures/cat.jpg"]}
        own = _write(app_home, json.dumps(values))
        file = self._write(tmp_path, text)
        chosen = settings.load()
        assert all(chosen.is_off(each) for each in settings.SWITCHES)
        assert (chosen.threads, chosen.recent) == (4, ())
        settings.save(replace(chosen, threads=5))
        assert json.loads(own.read_text("utf-8")) == {**values, "threads": 5}  # it costs the user nothing
        assert file.read_text("utf-8") == text  # it is the administrator's, and is not set aside
        assert str(file) in caplog.text
        problem = settings.read_machine().problem
        assert problem is not None
        assert str(file) in str(problem)

    def test_what_may_not_be_read_forbids_what_it_could(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        file = self._write(tmp_path, {})

        def refuse(self: Path, *_: object) -> str:
            raise PermissionError(13, "Permission denied", str(self))

        monkeypatch.setattr(Path, "lstat", refuse)  # root may read everything
        monkeypatch.setattr(Path, "read_text", refuse)
        assert paths.machine_settings() == Path(paths._machine_folder(), "settings.json")
        assert settings.load().is_off("downloads")
        assert "permission was denied" in str(settings.read_machine().problem)
        assert file.parent.is_dir()

    def test_a_folder_in_its_place_forbids_what_it_could(self, tmp_path: Path) -> None:
        (tmp_path / "machine/settings.json").mkdir(parents=True)
        assert settings.load().is_off("downloads")

    def test_what_is_unknown_is_logged_and_costs_only_itself(
        self, tmp_path: Path, caplog: pytest.LogCaptureFixture
    ) -> None:
        values = {
            "top_k": 900,
            "language": "de",
            "recent": ["/a"],
            "later": 1,
            "locked": ["soon", "model", "threads"],
        }
        file = self._write(tmp_path, values)
        assert settings.load() == Settings(language="de", locked=frozenset({"threads"}))
        told = (
            "later is unknown",
            "recent is unknown",
            "setting top_k",
            "soon cannot",
            "model cannot be locked",
        )
        assert all(f"{file}: {each}" in caplog.text for each in told)

    def test_the_environment_cannot_replace_the_file(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        self._write(tmp_path, {"downloads": True})
        monkeypatch.setattr(paths, "_machine_folder", lambda: tmp_path / "system")
        assert paths.machine_settings() == tmp_path / "machine/settings.json"  # for trials
        (tmp_path / "system").mkdir()
        (tmp_path / "system/settings.json").write_text('{"locked": ["downloads"]}', "utf-8")
        monkeypatch.setenv("XDG_CONFIG_DIRS", str(tmp_path / "mine"))
        monkeypatch.setenv("ProgramData", str(tmp_path / "mine"))
        assert paths.machine_settings() == tmp_path / "system/settings.json"
        assert settings.load().is_off("downloads")

    def test_it_lies_where_administrators_expect_it(self, monkeypatch: pytest.MonkeyPatch) -> None:
        before = paths._machine_folder()
        monkeypatch.setenv("XDG_CONFIG_DIRS", "/tmp")
        monkeypatch.setenv("ProgramData", r"C:\Temp")
        assert paths._machine_folder() == before
        places = {"win32": "C:/ProgramData", "darwin": "/Library/Application Support", "linux": "/etc/xdg"}
        assert before == Path(places[sys.platform], "vgg-desktop")
