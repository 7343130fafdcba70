from __future__ import annotations

import asyncio
import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from summariser.completers.llm import LLMCompleter
from summariser.errors import InvalidAnswerError, ReplayError, ServerError, SettingsError, TruncatedError
from summariser.replay import ReplayStore, key_of
from summariser.replay.nearest import difference, likeness
from summariser.settings import Settings
from tests.servers.chat import Canned, ChatServer, as_json, completion, error
from tests.servers.sample import ANSWER, DRAFT, a_call

GOOD = completion(ANSWER)
PATH = "/chat/completions"


def settings(server: ChatServer | None = None, **more) -> Settings:
    address = {"base_url": server.base_url, "model": "m"} if server else {}
    return Settings(**({"retry_wait": 0} | address | more))


def answer(chosen: Settings, *users: str):
    """One completer, one call for each of `users`; the replies and the completer."""
    with LLMCompleter(chosen) as completer:
        return [completer.complete(a_call(user)) for user in users], completer


def files(folder: Path) -> list[dict]:
    return [json.loads(path.read_text("utf-8")) for path in sorted(folder.glob("*.json"))]


def test_what_was_recorded_plays_without_a_server(tmp_path):
    with ChatServer(GOOD) as server:
        (live,), recorder = answer(settings(server, record=tmp_path, record_note="a test"), "a")
        host = server.base_url.split("/")[2]
    assert recorder.provenance() == ("live", None)
    (played,), player = answer(settings(replay=tmp_path), "a")
    assert played == live
    assert player.model == "m"
    assert player.provenance() == ("replay", "a test")
    (recording,) = files(tmp_path)
    assert recording["key"] == key_of(PATH, recording["request"])
    assert (recording["take"], recording["status"], recording["usage"]) == (1, 200, "measured")
    assert recording["response"]["choices"][0]["message"]["content"] == ANSWER
    assert set(recording) == {
        *("key", "take", "path", "request", "status", "content_type", "response"),
        *("recorded_by", "recorded_at", "usage"),
    }
    with ChatServer(GOOD) as server:
        answer(settings(server, record=tmp_path / "other"), "a")
        host = server.base_url.split("/")[2]
    assert files(tmp_path / "other")[0]["recorded_by"] == f"m through {host}"


def test_sync_and_async_play_each_other(tmp_path):
    async def several(chosen, users):
        async with LLMCompleter(chosen) as completer:
            return await asyncio.gather(*(completer.acomplete(a_call(user)) for user in users))

    users = [f"document {n}" for n in range(20)]

    def own(asked):
        return completion(ANSWER.replace("The council", asked.body["messages"][1]["content"]))

    with ChatServer(own) as server:
        recorded = asyncio.run(several(settings(server, record=tmp_path), users))
    assert len(files(tmp_path)) == 20
    assert not list(tmp_path.glob(".*"))
    assert asyncio.run(several(settings(replay=tmp_path), users)) == recorded
    with LLMCompleter(settings(replay=tmp_path)) as completer, ThreadPoolExecutor(20) as pool:
        assert list(pool.map(lambda user: completer.complete(a_call(user)), users)) == recorded
    assert {reply.draft.actors[0].name for reply in recorded} == set(users)


def test_errors_and_re_asks_are_played_as_they_were(tmp_path):
    replies = [error("x", 429, **{"Retry-After": "1"}), error("x", 500), completion("no"), GOOD]
    with ChatServer(replies) as server:
        (live,), _ = answer(settings(server, record=tmp_path), "a")
    assert [(a.reason, a.outcome) for a in live.attempts] == [
        ("first", "error"),
        ("retry", "error"),
        ("retry", "invalid"),
        ("reask", "ok"),
    ]
    (played,), player = answer(settings(replay=tmp_path, retry_wait=60, deadline=5), "a")
    assert played == live
    assert player.recordings.unplayed() == []
    assert sorted(entry["take"] for entry in files(tmp_path)) == [1, 1, 2, 3]


def test_the_last_take_is_played_again_and_a_new_recording_replaces_all_takes(tmp_path):
    with ChatServer([error("x", 500), GOOD]) as server:
        answer(settings(server, record=tmp_path), "a")
    replies, _ = answer(settings(replay=tmp_path), "a", "a")
    assert [len(reply.attempts) for reply in replies] == [2, 1]
    with ChatServer(GOOD) as server:
        answer(settings(server, record=tmp_path), "a")
    assert [entry["take"] for entry in files(tmp_path)] == [1]


def test_orphaned_and_half_played_recordings_are_told(tmp_path):
    with ChatServer([error("x", 500), GOOD]) as server:
        answer(settings(server, record=tmp_path), "a", "b")
    store = ReplayStore(tmp_path)
    assert len(store.known()) == 3
    assert store.unplayed() == store.known()
    half = next(key for key, take in store.known() if take == 2)
    request = next(entry["request"] for entry in files(tmp_path) if entry["key"] == half)
    store.play(PATH, request)
    assert store.played() == {(half, 1)}
    assert (half, 2) in store.unplayed()


def test_a_miss_names_the_nearest_recording_and_the_first_difference(tmp_path):
    text = "The council adopted the AI plan on Monday. " * 40
    with ChatServer(GOOD) as server:
        answer(settings(server, record=tmp_path), text + "It has 12 parts.", "quite another document")
    near = next(e for e in files(tmp_path) if "12 parts" in e["request"]["messages"][1]["content"])
    with pytest.raises(ReplayError) as caught:
        answer(settings(replay=tmp_path), text + "It has 13 parts.")
    message = str(caught.value)
    assert near["key"][:12] in message
    assert "messages[1].content" in message
    assert "It has 12 parts." in message
    assert "It has 13 parts." in message
    assert len(message) < 500
    assert "\n" not in message
    assert caught.value.__context__ is None


def test_a_miss_is_told_at_once_and_in_async_too(tmp_path):
    with ChatServer(GOOD) as server:
        answer(settings(server, record=tmp_path), "a")

    async def miss():
        async with LLMCompleter(settings(replay=tmp_path, retry_wait=60)) as completer:
            await completer.acomplete(a_call("b"))

    with pytest.raises(ReplayError, match="first difference at messages"):
        asyncio.run(miss())
    with pytest.raises(ReplayError, match='first difference at model: recorded "m", asked "n"'):
        answer(settings(replay=tmp_path, model="n"), "a")


def test_where_the_server_lives_does_not_matter(tmp_path):
    with ChatServer(GOOD) as server:
        answer(settings(server, record=tmp_path), "a")
    for where in ({"base_url": "https://elsewhere.test/api/v1"}, {"model": "openai/m"}, {"model": "openrouter/m"}):
        (reply,), _ = answer(settings(replay=tmp_path, **({"model": "m"} | where)), "a")
        assert reply.draft == DRAFT


@pytest.mark.parametrize("broken", ["", "{", "[]", '{"key": "x"}', "\x00", '{"key":' * 2000])
def test_a_broken_recording_is_named(tmp_path, broken):
    with ChatServer(GOOD) as server:
        answer(settings(server, record=tmp_path), "a")
    (file,) = tmp_path.glob("*.json")
    file.write_text(broken, "utf-8")
    with pytest.raises(ReplayError, match=file.name):
        answer(settings(replay=tmp_path, model="m"), "a")
    with pytest.raises(ReplayError, match=file.name):
        answer(settings(replay=tmp_path), "a")


def test_folders_that_hold_nothing(tmp_path):
    with pytest.raises(ReplayError, match="no folder of recordings"):
        LLMCompleter(settings(replay=tmp_path / "none"))
    with pytest.raises(ReplayError, match="no recordings in"):
        LLMCompleter(settings(replay=tmp_path))
    with pytest.raises(ReplayError, match="and none for /chat/completions"):
        answer(settings(replay=tmp_path, model="m"), "a")


def test_recordings_of_several_models_want_a_name(tmp_path):
    with ChatServer(GOOD) as server:
        answer(settings(server, record=tmp_path), "a")
        answer(settings(server, record=tmp_path, model="other"), "a")
    with pytest.raises(SettingsError, match=r"several models \(m, other\)"):
        LLMCompleter(settings(replay=tmp_path))


def test_a_folder_that_cannot_be_written_is_a_clear_error(tmp_path):
    (tmp_path / "file").write_text("x")
    with ChatServer(GOOD) as server, pytest.raises(ReplayError, match="cannot write a recording"):
        answer(settings(server, record=tmp_path / "file"), "a")
    assert len(server.requests) == 1


def test_no_key_reaches_the_disk(tmp_path):
    def echo(asked):
        told = f"you sent {asked.headers['authorization'].split()[1]} and Bearer other-secret and sk-planted-elsewhere"
        return completion(ANSWER, note=told, headers=asked.headers)

    with ChatServer(echo) as server:
        answer(settings(server, record=tmp_path, api_key="planted/key+1"), "a")
    (file,) = tmp_path.glob("*.json")
    text = file.read_text("utf-8")
    for secret in ("planted/key+1", "other-secret", "sk-planted", "user-agent: "):
        assert secret not in text
    assert text.count("[removed]") >= 3
    (reply,), _ = answer(settings(replay=tmp_path), "a")
    assert reply.draft == DRAFT


def test_estimated_usage_is_told_in_the_recording(tmp_path):
    with ChatServer(completion(ANSWER, system_fingerprint="relay-estimated-usage")) as server:
        answer(settings(server, record=tmp_path), "a")
    assert files(tmp_path)[0]["usage"] == "estimated"
    (reply,), _ = answer(settings(replay=tmp_path), "a")
    assert reply.estimated


# The cache


def test_the_cache_asks_only_for_what_it_does_not_have(tmp_path):
    with ChatServer(GOOD) as server:
        _, first = answer(settings(server, cache=tmp_path), "a")
        assert first.provenance() == ("live", None)
        (reply, _), second = answer(settings(server, cache=tmp_path), "a", "b")
        assert second.provenance()[0] == "cache"
        answer(settings(server, cache=tmp_path), "a", "b", "a")
    assert len(server.requests) == 2
    assert reply.draft == DRAFT


NOT_KEPT = {
    "an error": (error("x", 500), ServerError),
    "an error with status 200": (as_json({"error": {"message": "x", "code": 500}}), ServerError),
    "a page": (Canned(200, b"<html>"), ServerError),
    "a cut answer": (completion(ANSWER[:30], finish="length"), TruncatedError),
    "an empty answer": (completion(""), InvalidAnswerError),
    "another shape": (completion('{"highlights": []}'), InvalidAnswerError),
}


@pytest.mark.parametrize("case", NOT_KEPT)
def test_the_cache_keeps_no_answer_that_could_not_be_used(tmp_path, case):
    canned, kind = NOT_KEPT[case]
    with ChatServer(canned) as server, pytest.raises(kind):
        answer(settings(server, cache=tmp_path, max_retries=0, max_reasks=1), "a")
    assert not list(tmp_path.glob("*"))


def test_a_cache_that_cannot_be_read_is_told(tmp_path):
    with ChatServer(GOOD) as server:
        answer(settings(server, cache=tmp_path), "a")
        next(tmp_path.glob("*.json")).write_text("{")
        with pytest.raises(ReplayError, match="broken"):
            answer(settings(server, cache=tmp_path), "a")


# Differences


def test_difference_finds_the_first_in_the_order_of_the_keys():
    found = difference({"a": 1, "b": [1, {"c": "x"}]}, {"a": 1, "b": [1, {"c": "y"}], "d": 1})
    assert (found.path, found.recorded, found.asked) == ("b[1].c", '"x"', '"y"')
    missing = difference({"a": 1, "t": 0}, {"a": 1})
    assert (missing.path, missing.recorded, missing.asked) == ("t", "0", "nothing")
    assert difference({"a": [1]}, {"a": [1]}) is None
    assert difference({"a": True}, {"a": 1}).asked == "1"


def test_likeness_counts_what_is_shared():
    asked = {"model": "m", "text": "the same beginning, another end"}
    near, far = {"model": "m", "text": "the same beginning, one end"}, {"model": "m", "text": "no"}
    assert likeness(asked, asked) > likeness(near, asked) > likeness(far, asked)


def test_keys_do_not_depend_on_the_order_of_the_body():
    assert key_of(PATH, {"a": 1, "b": 2}) == key_of(PATH, {"b": 2, "a": 1})
    assert key_of(PATH, {"a": 1}) != key_of("/embeddings", {"a": 1})
    assert len(key_of(PATH, {"a": "\ud800"})) == 64
