"""`summarise()` from end to end: the embedded engine, and a model behind a server on loopback."""

from __future__ import annotations

import asyncio
import json
import pickle
from pathlib import Path

import pytest

from summariser import Settings, Summary, asummarise, read, summarise, summarise_many
from summariser.errors import (
    AuthenticationError,
    RefusedSourceError,
    ServerError,
    SourceError,
    SummariserError,
    UnsupportedError,
    UsageError,
)
from summariser.running import say_once
from tests.articles import NEWS, PASTED
from tests.servers.chat import Asked, Canned, ChatServer, completion, error

KEY = "sk-planted-secret-0123456789"


def _answer(**items: object) -> Canned:
    empty: dict[str, object] = {"highlights": [], "key_points": [], "actors": [], "milestones": []}
    return completion(json.dumps(empty | items))


STAFF = {"text": "The office will employ 35 inspectors.", "ev": [2]}
WRONG = {"text": "The office will employ 53 inspectors.", "speaker": None, "ev": [2]}


def _quick(server: ChatServer, **settings: object) -> Settings:
    return Settings.load(model="openai/m", base_url=server.base_url, api_key=KEY, retry_wait=0, **settings)


@pytest.mark.parametrize("text", [NEWS, PASTED])
def test_every_statement_of_the_embedded_engine_leads_to_its_sentences(text: str) -> None:
    summary = summarise(text, model="extractive")
    assert len(summary.highlights) >= 3
    claims = list(summary.claims())
    assert claims
    for claim in claims:
        assert claim.verdict.supported
        assert claim.evidence
        for span in claim.evidence:
            assert summary.document.text[span.start : span.end] == span.quote


def test_page_furniture_reaches_neither_the_facts_nor_the_statements() -> None:
    summary = summarise(PASTED, model="extractive")
    document = summary.document
    assert (document.title, document.byline, document.category, document.reading_minutes) == (
        "Harbour Towns Agree on Rules for Machine Pilots",
        "Staff Desk",
        "AI",
        3,
    )
    assert len(document.publisher_highlights) == 5
    said = " ".join(span.quote for claim in summary.claims() for span in claim.evidence)
    for furniture in ("Read next", "Staff Desk", "3 min", "Five harbour towns signed a pact on machine pilots."):
        assert furniture not in said


def test_the_header_stands_as_it_does_above_an_article() -> None:
    header = summarise(PASTED, model="extractive").header().split("\n\n")
    assert header[:4] == ["AI", "Harbour Towns Agree on Rules for Machine Pilots", "Staff Desk", "3 min"]
    assert all(line.startswith("• ") for line in header[4:])


def test_the_same_from_a_string_a_file_and_a_document(tmp_path: Path) -> None:
    path = tmp_path / "article.txt"
    path.write_text(NEWS, "utf-8")
    said = [
        [claim.model_dump() for claim in summarise(source, model="extractive").claims()]
        for source in (NEWS, path, read(NEWS))
    ]
    assert said[0] == said[1] == said[2]


def test_async_gives_what_sync_gives() -> None:
    one = summarise(NEWS, model="extractive")
    other = asyncio.run(asummarise(NEWS, model="extractive"))
    assert list(one.claims()) == list(other.claims())


def test_a_summary_survives_json_and_pickle() -> None:
    summary = summarise(NEWS, model="extractive")
    assert Summary.model_validate_json(summary.model_dump_json()) == summary
    assert pickle.loads(pickle.dumps(summary)) == summary


def test_a_forged_quote_cannot_be_a_summary() -> None:
    data = summarise(NEWS, model="extractive").model_dump(mode="json")
    data["highlights"][0]["evidence"][0]["quote"] = "Something else."
    with pytest.raises(ValueError, match="not what the document says"):
        Summary.model_validate(data)


def test_the_embedded_engine_says_once_that_no_model_is_configured(capsys: pytest.CaptureFixture[str]) -> None:
    say_once.cache_clear()
    first, second = summarise(NEWS), summarise(PASTED)
    assert capsys.readouterr().err.count("no model is configured") == 1
    assert all("embedded_engine" in {note.code for note in summary.notes} for summary in (first, second))
    assert first.provenance.engine == "extractive"


def test_a_key_alone_chooses_no_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    assert summarise(NEWS).provenance.engine == "extractive"


def test_a_model_is_asked_once_and_its_usage_is_counted() -> None:
    with ChatServer(_answer(highlights=[STAFF])) as server:
        summary = summarise(NEWS, settings=_quick(server), highlights=1)
        assert len(server.requests) == 1
    assert [highlight.text for highlight in summary.highlights] == [STAFF["text"]]
    assert (summary.usage.requests, summary.usage.input_tokens, summary.usage.output_tokens) == (1, 100, 20)
    assert (summary.provenance.engine, summary.provenance.source) == ("llm", "live")
    assert summary.provenance.prompt_version


def test_sync_and_async_ask_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    with ChatServer(_answer(highlights=[STAFF], key_points=[WRONG])) as server:
        settings = _quick(server)
        one = summarise(NEWS, settings=settings)
        other = asyncio.run(asummarise(NEWS, settings=settings))
        bodies = [asked.raw for asked in server.requests]
    assert bodies[: len(bodies) // 2] == bodies[len(bodies) // 2 :]
    assert one.rejected == other.rejected


def test_the_prefix_is_the_same_for_every_document_and_holds_no_document() -> None:
    with ChatServer(_answer()) as server:
        for text in (NEWS, PASTED):
            summarise(text, settings=_quick(server))
        one, other = (asked.body for asked in server.requests)
    assert one["messages"][0] == other["messages"][0]
    assert one["response_format"] == other["response_format"]
    assert "Valdoria" not in json.dumps(one["messages"][0])


def test_template_syntax_in_an_article_is_sent_as_it_is() -> None:
    text = NEWS.replace("called the fines too low", "wrote {{ 7*7 }} and {% if x %} and {# gone #} on the wall")
    with ChatServer(_answer()) as server:
        summarise(text, settings=_quick(server))
        sent = server.requests[0].body["messages"][-1]["content"]
    assert "wrote {{ 7*7 }} and {% if x %} and {# gone #} on the wall" in sent


def test_an_unsupported_statement_is_repaired_in_a_request_of_its_own() -> None:
    def reply(asked: Asked) -> Canned:
        if "held against the sentences" in asked.body["messages"][0]["content"]:
            return _answer(key_points=[{"id": 1, **STAFF, "speaker": None}])
        return _answer(key_points=[WRONG])

    with ChatServer(reply) as server:
        summary = summarise(NEWS, settings=_quick(server))
        sizes = [len(asked.raw) for asked in server.requests]
    assert [point.text for point in summary.key_points] == [STAFF["text"]]
    assert len(sizes) == 2
    assert summary.usage.by("call")["repair"].requests == 1


@pytest.mark.parametrize(("on_unsupported", "kept", "rejected"), [("reject", 0, 1), ("keep", 1, 0)])
def test_what_stays_unsupported_is_rejected_or_kept_marked(on_unsupported: str, kept: int, rejected: int) -> None:
    with ChatServer(_answer(key_points=[WRONG])) as server:
        summary = summarise(NEWS, settings=_quick(server), on_unsupported=on_unsupported)  # type: ignore[arg-type]
    assert (len(summary.key_points), len(summary.rejected)) == (kept, rejected)
    assert not any(point.verdict.supported for point in summary.key_points)


def test_raise_tells_the_caller_with_all_that_was_rejected() -> None:
    with ChatServer(_answer(key_points=[WRONG])) as server, pytest.raises(UnsupportedError) as caught:
        summarise(NEWS, settings=_quick(server), on_unsupported="raise")
    assert [item.claim for item in caught.value.rejected] == [WRONG["text"]]


def test_a_server_that_always_fails_is_asked_exactly_as_often_as_configured() -> None:
    with ChatServer(error("boom", 500)) as server:
        with pytest.raises(ServerError) as caught:
            summarise(NEWS, settings=_quick(server, max_retries=3))
        assert len(server.requests) == 4
    assert len(caught.value.attempts) == 4


def test_a_wrong_key_is_a_clear_error_without_the_key() -> None:
    with ChatServer(error(f"Incorrect API key provided: {KEY}", 401)) as server:
        with pytest.raises(AuthenticationError) as caught:
            summarise(NEWS, settings=_quick(server))
        assert len(server.requests) == 1
    assert KEY not in str(caught.value)


def test_a_recorded_run_replays_without_a_server(tmp_path: Path) -> None:
    with ChatServer(_answer(highlights=[STAFF], key_points=[WRONG])) as server:
        recorded = summarise(NEWS, model="openai/m", base_url=server.base_url, api_key=KEY, record=tmp_path)
    replayed = summarise(NEWS, replay=tmp_path)
    assert list(replayed.claims()) == list(recorded.claims())
    assert replayed.rejected == recorded.rejected
    assert replayed.provenance.source == "replay"
    assert KEY not in "".join(path.read_text("utf-8") for path in tmp_path.rglob("*.json"))


def test_a_source_that_is_not_worth_reading_is_refused_before_a_request() -> None:
    with ChatServer(_answer()) as server:
        with pytest.raises(RefusedSourceError) as caught:
            summarise("Too short.", settings=_quick(server))
        assert server.requests == []
    assert caught.value.code == "near_empty"


@pytest.mark.parametrize(
    ("options", "word"),
    [
        ({"highlights": -1}, "highlights"),
        ({"highlights": 1000}, "highlights"),
        ({"language": "klingon"}, "language"),
        ({"on_unsupported": "ignore"}, "on_unsupported"),
        ({"model": "nosuchprovider/x"}, "provider"),
        ({"prompts": "/no/such/folder"}, "prompts"),
        ({"prompts": "/no/such/folder", "model": "extractive"}, "prompts"),
        ({"highlights": "5"}, "highlights"),
        ({"highlights": True}, "highlights"),
        ({"highlight": 3}, "no such option: highlight"),
        ({"language": 5}, "language"),
    ],
)
def test_a_wrong_option_names_itself(options: dict[str, object], word: str) -> None:
    given = {"model": "openai/m", "api_key": KEY} | options
    with pytest.raises(UsageError, match=word):
        summarise(NEWS, **given)  # type: ignore[arg-type]


@pytest.mark.parametrize("source", [None, 5, b"bytes", ["a list"]])
def test_a_source_of_another_kind_is_a_clear_error(source: object) -> None:
    with pytest.raises(UsageError, match="a source is text"):
        summarise(source, model="extractive")  # type: ignore[arg-type]


def test_many_sources_keep_their_order_and_one_failure_stops_none(tmp_path: Path) -> None:
    results = list(summarise_many([NEWS, tmp_path / "none.txt", PASTED], model="extractive", concurrency=2))
    assert isinstance(results[0], Summary)
    assert isinstance(results[1], SourceError)
    assert isinstance(results[2], Summary)
    assert isinstance(results[1], SummariserError)


def test_many_sources_are_read_as_they_are_needed() -> None:
    taken = 0

    def sources() -> object:
        nonlocal taken
        for _ in range(50):
            taken += 1
            yield NEWS

    first = next(iter(summarise_many(sources(), model="extractive", concurrency=2)))  # type: ignore[arg-type]
    assert isinstance(first, Summary)
    assert taken <= 4


def test_the_embedded_engine_says_that_it_does_not_translate() -> None:
    summary = summarise(NEWS, model="extractive", language="fr")
    assert summary.language == "en"
    assert "not_translated" in {note.code for note in summary.notes}


def test_a_language_without_word_lists_gets_whole_sentences_and_a_note() -> None:
    text = (
        "五个港口城市在二零二五年六月签署了关于自动驾驶船舶的协议。"
        "该协议要求每艘由自动系统引导入港的船舶必须配备一名受过培训的船员。"
        "海员工会要求增加四十名检查员并且市长们承诺在秋季讨论此事。"
    )
    summary = summarise(text, model="extractive")
    assert summary.key_points
    assert all(point.text in text for point in summary.key_points)
    assert "language_without_rules" in {note.code for note in summary.notes}
