"""The command: one clear line when it cannot, the right exit code, nothing half-written, no terminal steered."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from summariser import Summary
from summariser.cli import main
from tests.articles import NEWS, PASTED
from tests.servers.chat import ChatServer, error, unused_address


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "article.txt"
    path.write_text(NEWS, "utf-8")
    return path


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    """Exit code, standard output and standard error of one run."""
    try:
        code = main([str(argument) for argument in arguments])
    except SystemExit as stop:
        code = int(stop.code or 0)
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def test_text_is_the_default(article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, article, "--model", "extractive")
    assert code == 0
    assert "Valdoria sets up an office for machine decisions" in out
    assert "Key points" in out
    assert out.rstrip().endswith("no model was asked.")
    assert err == ""


def test_json_validates_and_standard_input_gives_the_same(
    article: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    _, out, _ = run(capsys, article, "--format", "json", "--model", "extractive")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(article.read_bytes())))
    _, piped, _ = run(capsys, "-", "--format", "json", "--model", "extractive")
    one, other = Summary.model_validate_json(out), Summary.model_validate_json(piped)
    assert list(one.claims()) == list(other.claims())
    assert one.document.text == other.document.text


def test_evidence_prints_the_sentences(article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, bare, _ = run(capsys, article, "--model", "extractive", "--format", "text")
    _, full, _ = run(capsys, article, "--model", "extractive", "--evidence")
    assert len(full) > len(bare)


@pytest.mark.parametrize("form", ["text", "header", "markdown", "html"])
def test_control_sequences_of_a_document_never_reach_the_terminal(
    form: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "hostile.txt"
    hostile = NEWS.replace("Mara Lindqvist", "Mara\x1b]0;owned\x07 \x9b31mLindqvist\u202e").replace("35", "35\x1b[2J")
    path.write_text(hostile, "utf-8")
    _, out, err = run(capsys, path, "--format", form, "--model", "extractive", "--evidence")
    assert not {"\x1b", "\x07", "\x9b", "\u202e"} & set(out + err)


def test_json_escapes_what_could_steer_a_terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "hostile.txt"
    path.write_text(NEWS.replace("35", "35\x9b2J\u202e"), "utf-8")
    _, out, _ = run(capsys, path, "--format", "json", "--model", "extractive")
    assert not {"\x1b", "\x9b", "\u202e"} & set(out)
    assert Summary.model_validate_json(out).highlights


def test_several_sources_as_json_are_one_a_line(article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = article.with_name("other.txt")
    other.write_text(PASTED, "utf-8")
    code, out, _ = run(capsys, article, other, "--format", "json", "--model", "extractive")
    assert code == 0
    titles = [json.loads(line)["document"]["title"] for line in out.splitlines()]
    assert titles == [
        "Valdoria sets up an office for machine decisions",
        "Harbour Towns Agree on Rules for Machine Pilots",
    ]


def test_one_bad_source_does_not_stop_the_others(article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, article.with_name("none.txt"), article, "--format", "header", "--model", "extractive")
    assert code == 1
    assert "Valdoria" in out
    assert err.count("\n") == 1
    assert "none.txt" in err


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("empty.txt", b""),
        ("three.txt", b"Only three words"),
        ("binary.bin", bytes(range(256)) * 40),
        ("nul.txt", b"\0" * 5000),
        ("page.pdf", b"%PDF-1.7 cut"),
    ],
)
def test_bad_input_is_one_clear_line_and_exit_1(
    name: str, data: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / name).write_bytes(data)
    code, out, err = run(capsys, tmp_path / name, "--model", "extractive")
    assert (code, out) == (1, "")
    assert err.startswith("summarise: ")
    assert err.count("\n") == 1
    assert str(tmp_path) not in err


def test_a_folder_with_nothing_to_read_is_wrong_usage(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = run(capsys, tmp_path, "--model", "extractive")
    assert code == 2
    assert "holds nothing that is read (.docx, " in err
    assert len(err.splitlines()) == 1


@pytest.mark.parametrize("data", [NEWS.encode("utf-16"), NEWS.encode("cp1252"), b"\xef\xbb\xbf" + NEWS.encode()])
def test_other_encodings_are_read(data: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "article.txt"
    path.write_bytes(data)
    code, out, _ = run(capsys, path, "--format", "json", "--model", "extractive")
    assert code == 0
    assert "PORT ELAN, 14 May 2025 — Valdoria" in Summary.model_validate_json(out).document.text


@pytest.mark.parametrize(
    "arguments",
    [
        ["--colour", "x"],
        ["--format", "docx", "x"],
        [],
        ["x", "--open"],
        ["-", "-"],
        ["x", "--highlights", "many"],
        ["x", "-o", "/no/such/folder/out.txt"],
        ["x", "-o", "/"],
        ["x", "y", "--format", "html"],
    ],
)
def test_wrong_usage_is_one_line_and_exit_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, *arguments)
    assert (code, out) == (2, "")
    assert err.startswith("summarise: ")
    assert err.count("\n") == 1


@pytest.mark.parametrize(
    "options", [["--highlights", "-3"], ["--language", "klingon"], ["--published", "soon"], ["--model", "nosuch/x"]]
)
def test_wrong_values_are_usage_errors(options: list[str], article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, article, *options)
    assert (code, out) == (2, "")
    assert err.count("\n") == 1


def test_output_is_written_whole_or_not_at_all(
    article: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "out" / "summary.json"
    target.parent.mkdir()
    target.write_text("old")
    assert run(capsys, tmp_path / "none.txt", "-o", target, "--model", "extractive")[0] == 1
    assert target.read_text() == "old"
    assert run(capsys, article, "-o", target, "-f", "json", "--model", "extractive") == (0, "", "")
    assert Summary.model_validate_json(target.read_text("utf-8")).highlights
    assert [path.name for path in target.parent.iterdir()] == ["summary.json"]


def test_a_folder_stands_for_what_is_in_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(NEWS)
    (tmp_path / "in" / "b.txt").write_text(PASTED)
    (tmp_path / "in" / "c.png").write_bytes(b"\x89PNG")
    code, out, _ = run(capsys, tmp_path / "in", "--format", "header", "--model", "extractive")
    assert code == 0
    assert "Valdoria sets up an office" in out
    assert "Harbour Towns Agree" in out


def test_several_sources_as_html_are_pages_with_an_index(
    article: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = article.with_name("other.txt")
    other.write_text(PASTED, "utf-8")
    folder = tmp_path / "pages"
    assert run(capsys, article, other, "-f", "html", "-o", folder, "--model", "extractive") == (0, "", "")
    pages = sorted(path.name for path in folder.iterdir())
    assert len(pages) == 3
    index = (folder / "index.html").read_text("utf-8")
    assert all(name in index for name in pages if name != "index.html")
    code, _, err = run(capsys, article, other, "-f", "html", "--model", "extractive")
    assert code == 2
    assert "-o FOLDER" in err


def test_open_shows_the_page_in_the_browser(
    article: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr("webbrowser.open", opened.append)
    assert run(capsys, article, "-f", "html", "--open", "--model", "extractive") == (0, "", "")
    (address,) = opened
    assert "Valdoria" in Path(address.removeprefix("file://")).read_text("utf-8")


def test_the_same_text_twice_is_refused_before_it_is_paid_for(
    article: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = article.with_name("copy.txt")
    copy.write_bytes(article.read_bytes())
    with ChatServer(error("no such thing", 404)) as server:
        code, _, err = run(capsys, article, copy, "--model", "m", "--base-url", server.base_url)
        assert len(server.requests) == 1
    assert code == 1
    assert "copy.txt holds the same text as" in err
    assert "duplicate" in err


def test_a_fault_of_ours_in_one_source_costs_no_other(
    article: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from summariser.documents import html

    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("of ours")

    monkeypatch.setattr(html, "read_html", broken)
    page = tmp_path / "page.html"
    page.write_text("<!doctype html><html><body><p>Text.</p></body></html>")
    code, out, err = run(capsys, page, article, "--format", "header", "--model", "extractive")
    assert code == 1
    assert "Valdoria" in out
    assert err.count("\n") == 1
    assert "internal error" in err


def test_a_failing_server_is_one_line_and_exit_1(
    article: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SUMMARISER_API_KEY", "sk-planted-secret")
    monkeypatch.setenv("SUMMARISER_MAX_RETRIES", "2")
    monkeypatch.setenv("SUMMARISER_RETRY_WAIT", "0")
    with ChatServer(error("boom", 500)) as server:
        code, out, err = run(capsys, article, "--model", "m", "--base-url", server.base_url)
        assert len(server.requests) == 3
    assert (code, out) == (1, "")
    assert err.count("\n") == 1
    assert "sk-planted" not in err


def test_an_unreachable_server_is_named(
    article: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SUMMARISER_MAX_RETRIES", "0")
    address = unused_address()
    code, _, err = run(capsys, article, "--model", "m", "--base-url", address)
    assert code == 1
    assert "127.0.0.1" in err
    assert err.count("\n") == 1


def test_a_missing_recording_says_so(article: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "recordings"
    folder.mkdir()
    code, _, err = run(capsys, article, "--replay", folder)
    assert code in (1, 2)
    assert "recording" in err
    assert err.count("\n") == 1


def test_help_and_version_need_no_heavy_import() -> None:
    script = (
        "import sys; from summariser.cli import main\n"
        "try: main(sys.argv[1:])\n"
        "except SystemExit: pass\n"
        "print(sorted({'pydantic', 'openai', 'rich', 'jinja2', 'babel'} & set(sys.modules)), file=sys.stderr)"
    )
    for option in ("--help", "--version"):
        done = subprocess.run([sys.executable, "-c", script, option], capture_output=True, text=True, check=True)
        assert done.stdout.startswith(("usage: summarise", "summarise "))
        assert done.stderr.strip() == "[]"


def test_a_closed_pipe_is_no_error(article: Path) -> None:
    command = f"{sys.executable} -m summariser {article} --model extractive --format json | head -c 1"
    done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=False, env=dict(os.environ))
    assert done.stderr == ""
