"""What a run is given, as items with ids of their own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from summariser.corpus import items as items_module
from summariser.corpus.items import count_of, is_many, items_of, read_item
from summariser.errors import SourceError
from tests.corpus.made import text


def test_a_folder_is_walked_in_order_and_only_what_can_be_read_counts(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    for name in ("c.txt", "a.md", "b/x.html", ".hidden.txt", "photo.png"):
        (tmp_path / name).write_text("words")
    found = [item.id for item in items_of([str(tmp_path)])]
    assert found == [f"{tmp_path}/{name}" for name in ("a.md", "b/x.html", "c.txt")]
    assert count_of([str(tmp_path)]) == 3
    assert is_many([str(tmp_path)])
    assert not is_many([str(tmp_path / "c.txt")])


def test_records_keep_their_own_ids_and_others_get_their_place(tmp_path: Path) -> None:
    path = tmp_path / "c.jsonl"
    path.write_text('{"id": "x", "text": "one"}\n\n{"text": "two"}\n{"id": 7, "text": "three"}\n')
    assert [item.id for item in items_of([str(path)])] == ["x", f"{path}#3", "7"]


def test_a_line_that_is_no_json_is_a_failure_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "c.jsonl"
    path.write_text('{"id": "x", "text": "one"}\n{"id": "y", "text\n{"id": "z", "text": "three"}\n')
    found = list(items_of([str(path)]))
    assert [item.problem is None for item in found] == [True, False, True]
    with pytest.raises(SourceError, match=r"c\.jsonl#2: this line is not JSON"):
        read_item(found[1], {})


def test_ids_are_unique(tmp_path: Path) -> None:
    one, two = tmp_path / "one.jsonl", tmp_path / "two.jsonl"
    one.write_text('{"id": "x", "text": "one"}\n{"id": "x", "text": "another"}\n{"id": "x", "text": "a third"}\n')
    two.write_text('{"id": "x", "text": "two"}\n')
    found = list(items_of([str(one), str(two)]))
    assert [item.id for item in found[:2]] == ["x", f"x ({one})"]
    assert found[2].problem is not None
    assert "more than once" in found[2].problem
    assert found[3].id == f"x ({two})"


def test_a_file_that_is_named_twice_is_one_item(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("words")
    assert len(list(items_of([str(path), str(path)]))) == 1


def test_a_line_without_end_is_skipped_and_not_held(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(items_module, "LONGEST_RECORD", 100)
    path = tmp_path / "c.jsonl"
    path.write_text(json.dumps({"text": "x" * 1000}) + "\n" + '{"id": "z", "text": "short"}\n')
    found = list(items_of([str(path)]))
    assert [item.id for item in found] == [f"{path}#1", "z"]
    assert found[0].problem is not None
    assert not found[0].source


def test_a_source_hash_follows_the_bytes(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("words")
    (item,) = items_of([str(path)])
    before = item.source_hash()
    assert len(before) == 32
    path.write_text("other words")
    assert item.source_hash() != before
    path.unlink()
    assert item.source_hash() == ""


def test_a_record_is_read_with_its_facts(tmp_path: Path) -> None:
    path = tmp_path / "c.jsonl"
    path.write_text(json.dumps({"id": "x", "text": text(1), "published": "2025-05-15", "title": "Own title"}))
    (item,) = items_of([str(path)])
    document = read_item(item, {})
    assert (document.title, document.published) == ("Own title", "2025-05-15")


def test_messages_say_which_line_of_which_file(tmp_path: Path) -> None:
    path = tmp_path / "c.jsonl"
    path.write_text('{"id": "x", "text": ""}\n[1, 2]\n')
    for item, said in zip(items_of([str(path)]), (r"c\.jsonl#1 \(id x\): ", r"c\.jsonl#2: "), strict=True):
        with pytest.raises(SourceError, match=said):
            read_item(item, {})
