"""What runs the tests with Windows' Python under Wine, as far as that needs neither."""

from pathlib import Path

import pytest

pytest.importorskip("fcntl", reason="Linux sets Windows up")

from scripts.windows import computer, suite

REPORT = """<testsuites><testsuite>
<testcase classname="tests.test_a" name="test_one" />
<testcase classname="tests.test_a" name="test_two[x]"><failure message="no">E</failure></testcase>
<testcase classname="tests.test_a" name="test_three"><skipped message="Wine: has no pipes">s</skipped></testcase>
<testcase classname="tests.test_b.TestB" name="test_four"><error message="no">E</error></testcase>
</testsuite></testsuites>"""


def test_a_report_is_read(tmp_path: Path) -> None:
    report = tmp_path / "report.xml"
    report.write_text(REPORT, "utf-8")
    outcome = suite.Outcome()
    suite.read_report(report, outcome)
    assert outcome.passed == 1
    assert outcome.failed == ["tests/test_a::test_two[x]", "tests/test_b/TestB::test_four"]
    assert outcome.skipped == [("tests/test_a::test_three", "Wine: has no pipes")]


def test_every_test_file_is_in_one_part() -> None:
    tests = computer.ROOT / "tests"
    found = [file for _, files in suite.parts([tests]) for file in files]
    assert len(found) == len(set(found))
    left_out = {each.parent.name for each in set(tests.rglob("test_*.py")) - set(found)}
    assert left_out == suite.ELSEWHERE
    assert all(len(files) <= suite.FILES for _, files in suite.parts([tests]))


def test_a_step_is_done_again_when_what_it_depends_on_has_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(computer, "CACHE", tmp_path)
    done: list[str] = []
    for depends_on in ("a", "a", "b"):
        computer.step("python", depends_on, lambda: done.append("done"))
    assert done == ["done", "done"]

    def fail() -> None:
        raise OSError("the disk is full")

    with pytest.raises(OSError, match="full"):
        computer.step("python", "c", fail)
    computer.step("python", "b", lambda: done.append("again"))  # what the failure left is not trusted
    assert done[2:] == ["again"]
