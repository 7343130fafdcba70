"""The ledger in its file: what goes in comes out, twice is once, taken out is never in, old files are brought along."""

from __future__ import annotations

import datetime as dt
import sqlite3
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from summariser import summarise
from summariser.errors import StoreError, UsageError
from summariser.schema import Document, PartialDate, Sentence, Summary
from summariser.timeline import Ledger, build
from summariser.timeline.store import BATCH, Added, Store
from summariser.timeline.store_records import Record, pack, restore
from summariser.timeline.store_schema import APPLICATION, MIGRATIONS, VERSION
from tests.render.samples import arabic, council
from tests.timeline.articles import Article

CASES = Path("evals/cases")

WIRE = (
    Article("wire", "2024-03-14")
    .milestone(
        "Norland adopts the AI Act",
        "The council of Norland adopted the Norland AI Act on 13 March 2024.",
        "2024-03-13",
        status="adopted",
        places=("NO",),
    )
    .actor("Ada Brandt", "Mayor Ada Brandt spoke.", "Mayor")
)
PAPER = Article("paper", "2024-03-20").milestone(
    "Norland passes its AI Act",
    "On 14 March 2024 Norland adopted the Norland AI Act.",
    "2024-03-14",
    status="adopted",
    places=("NO",),
)
LATER = Article("later", "2025-01-10").milestone(
    "An AI office opens in Kenya",
    "Kenya set up an AI office on 9 January 2025.",
    "2025-01-09",
    status="established",
    instrument="institution",
    places=("KE",),
)


def rows(*articles: Article) -> list[tuple[str, Summary]]:
    return [(article.name, article.summary()) for article in articles]


def ledger_of(*articles: Article) -> Ledger:
    ordered = sorted(articles, key=lambda article: article.name)
    return build([article.summary() for article in ordered], [article.name for article in ordered])


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "ledger.db"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    with Store.open(path) as opened:
        yield opened


def test_what_was_added_is_the_ledger_of_the_articles_now_and_in_the_next_process(store: Store, path: Path) -> None:
    added = store.add(rows(WIRE, PAPER))

    assert (added.new, added.replaced, added.same) == (["wire", "paper"], [], [])
    assert store.ledger() == ledger_of(WIRE, PAPER)
    assert store.ledger().conflicts, "the two articles disagree on the day"
    with Store.open(path) as again:
        assert again.ids() == ["paper", "wire"]
        assert again.ledger() == ledger_of(WIRE, PAPER)


def test_adding_twice_is_adding_once(store: Store) -> None:
    store.add(rows(WIRE))
    later = WIRE.summary()
    made = later.provenance.model_copy(update={"created": dt.datetime(2027, 1, 1, tzinfo=dt.UTC)})

    added = store.add([("wire", WIRE.summary()), ("wire", later.model_copy(update={"provenance": made}))])

    assert (added.new, added.replaced, added.same) == ([], [], ["wire", "wire"])
    assert store.ledger() == ledger_of(WIRE)


def test_one_text_under_two_ids_is_one_article_whatever_the_order(store: Store, tmp_path: Path) -> None:
    store.add([("b", WIRE.summary()), ("a", WIRE.summary())])
    with Store.open(tmp_path / "other.db") as other:
        other.add([("a", WIRE.summary()), ("b", WIRE.summary())])

        assert store.ledger() == other.ledger()
    assert [source.id for source in store.ledger().sources] == ["a"]
    store.remove(["a"])
    assert [source.id for source in store.ledger().sources] == ["b"]


def test_a_corrected_article_takes_the_place_of_its_first_version(store: Store) -> None:
    corrected = Article("wire", "2024-03-14").milestone(
        "Norland rejects the AI Act",
        "The council of Norland rejected the act on 13 March 2024.",
        "2024-03-13",
        status="rejected",
        places=("NO",),
    )
    store.add(rows(WIRE, PAPER))
    store.ledger()

    added = store.add(rows(corrected))

    assert added.replaced == ["wire"]
    assert store.ledger() == ledger_of(corrected, PAPER)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.permutations([WIRE, PAPER, LATER]), out=st.sampled_from([WIRE, PAPER, LATER]), look=st.booleans())
def test_taken_out_is_never_been_in(tmp_path: Path, order: list[Article], out: Article, look: bool) -> None:
    file = tmp_path / "any.db"
    file.unlink(missing_ok=True)
    with Store.open(file) as store:
        for article in order:
            store.add(rows(article))
            if look:
                store.ledger()
        store.remove([out.name])

        assert store.ledger() == ledger_of(*(article for article in order if article is not out))


def test_what_is_taken_out_leaves_no_word_in_the_file(store: Store, path: Path) -> None:
    store.add(rows(WIRE, LATER))
    store.looked(store.ledger())

    store.remove(["wire"])

    words = b"council of Norland"
    tables = {"articles": "record", "derived": "ledger", "looks": "ledger"}
    kept = [
        zlib.decompress(blob)
        for table, column in tables.items()
        for (blob,) in store.connection.execute(f"SELECT {column} FROM {table}")
    ]
    assert len(kept) == 2
    assert not any(words in blob for blob in kept)


def test_removing_is_all_or_nothing(store: Store) -> None:
    store.add(rows(WIRE, PAPER))

    with pytest.raises(UsageError, match="'nowhere'"):
        store.remove(["wire", "nowhere"])

    assert store.ids() == ["paper", "wire"]


def test_a_source_that_fails_half_way_leaves_whole_batches(store: Store) -> None:
    def articles() -> Iterator[tuple[str, Summary]]:
        summary = LATER.summary()
        for number in range(BATCH + 5):
            yield f"a{number}", summary
        raise OSError("the disk is gone")

    with pytest.raises(OSError, match="gone"):
        store.add(articles())

    assert len(store) == BATCH


def test_the_derived_ledger_is_kept_until_an_article_comes_or_goes(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    built: list[int] = []

    def counted(*given: object) -> Ledger:
        built.append(1)
        return build(*given)  # type: ignore[arg-type]

    monkeypatch.setattr("summariser.timeline.store.build", counted)
    store.add(rows(WIRE))
    store.ledger()
    store.add(rows(WIRE))
    store.ledger()
    assert len(built) == 1

    store.add(rows(LATER))
    store.ledger()
    store.remove(["later"])
    assert store.ledger() == ledger_of(WIRE)
    assert len(built) == 3


def test_before_a_day_is_the_ledger_of_what_had_appeared(store: Store) -> None:
    undated = Article("undated").milestone("A plan", "Kenya has a plan.", status="planned", places=("KE",))
    store.add(rows(WIRE, PAPER, LATER, undated))

    assert store.before(dt.date(2024, 3, 20)) == ledger_of(WIRE)
    assert store.before(dt.date(2025, 1, 1)) == ledger_of(WIRE, PAPER)
    tomorrow = dt.datetime.now(dt.UTC).date() + dt.timedelta(days=1)
    assert store.before(tomorrow) == ledger_of(WIRE, PAPER, LATER, undated), "an undated article came in today"


def test_looks_are_kept_by_view_and_a_look_at_everything_counts_for_all(store: Store) -> None:
    assert store.last_look("eu") is None
    store.add(rows(WIRE))
    store.looked(store.ledger(), "eu")
    assert store.last_look() is None

    store.add(rows(LATER))
    store.looked(store.ledger())

    seen = store.last_look("eu")
    assert seen is not None
    assert [source.id for source in seen.ledger.sources] == ["wire", "later"]
    assert dt.datetime.now(dt.UTC) - seen.at < dt.timedelta(minutes=5)


def spaced() -> Summary:
    """Sentences that are cited, near a cited one, and neither; characters outside the BMP; an instruction planted."""
    words = [f"Sentence {number} 🏛 of the article." for number in range(1, 12)]
    text, sentences = "", []
    for number, sentence in enumerate(words, 1):
        sentences.append(Sentence(number=number, start=len(text), end=len(text) + len(sentence)))
        text += sentence + "\n\n"
    document = Document(
        text=text, sentences=tuple(sentences), title="T", url="https://x.example/", published=PartialDate("2024-Q3")
    )
    summary = WIRE.summary()
    milestone = summary.milestones[0].model_copy(update={"evidence": document.spans([6])})
    return summary.model_copy(update={"document": document, "milestones": (milestone,), "actors": ()})


def test_a_record_has_the_cited_sentences_with_their_neighbours_and_nothing_else_of_the_text() -> None:
    summary = spaced()

    record = pack("x", summary)
    kept = restore(record.data)

    assert [sentence.number for sentence in kept.document.sentences] == [5, 6, 7]
    assert kept.document.text.split() == " ".join(s.text for s in summary.document.sentences[4:7]).split()
    assert kept.milestones == summary.milestones
    assert kept.document.content_hash == summary.document.content_hash
    assert (kept.document.title, kept.document.url, kept.document.published) == ("T", "https://x.example/", "2024-Q3")


@pytest.mark.parametrize("summary", [council(), arabic(), WIRE.summary(), spaced()], ids=["en", "ar", "wire", "spaced"])
def test_a_ledger_from_records_is_the_ledger_from_the_summaries(summary: Summary) -> None:
    record = pack("x", summary)

    assert build([restore(record.data)], ["x"]) == build([summary], ["x"])
    assert pack("x", restore(record.data)).identity == record.identity


def test_a_ledger_from_records_of_real_summaries_is_the_same() -> None:
    names = ["wire-eu-ai-act-dates", "factsheet-us-order", "correction-at-end", "fr-strategie-nationale"]
    summaries = [summarise(CASES / name / "article.txt", model="extractive") for name in names]

    built = build(summaries, names)

    assert len(built.entries) > 5
    assert build([restore(pack(name, s).data) for name, s in zip(names, summaries, strict=True)], names) == built


def version_1(path: Path, *articles: Article) -> None:
    """A file as the first version of the schema left it."""
    with sqlite3.connect(path) as old:
        MIGRATIONS[0](old)
        for article in articles:
            record = pack(article.name, article.summary())
            row = (record.id, record.content_hash, record.identity, "2026-01-01T00:00:00+00:00", record.data)
            old.execute("INSERT INTO articles VALUES (?, ?, ?, ?, ?)", row)
        old.execute(f"PRAGMA application_id = {APPLICATION}")
        old.execute("PRAGMA user_version = 1")
    old.close()


def test_a_file_of_version_1_is_brought_up_to_date(path: Path) -> None:
    version_1(path, WIRE, PAPER)

    with Store.open(path) as store:
        assert store.connection.execute("PRAGMA user_version").fetchone() == (VERSION,)
        assert store.ledger() == ledger_of(WIRE, PAPER)
        assert store.before(dt.date(2024, 3, 20)) == ledger_of(WIRE), "the dates were filled in"
        assert store.add(rows(WIRE)).same == ["wire"]
        assert store.last_look() is None


def test_a_migration_that_fails_leaves_the_file_as_it_was(path: Path) -> None:
    version_1(path, WIRE)
    with sqlite3.connect(path) as old:
        old.execute("UPDATE articles SET record = x'00'")
    old.close()

    with pytest.raises(zlib.error):
        Store.open(path)

    with sqlite3.connect(path) as old:
        assert old.execute("PRAGMA user_version").fetchone() == (1,)
        assert [row[1] for row in old.execute("PRAGMA table_info(articles)")][-1] == "record"
    old.close()


def test_a_newer_file_is_refused_and_left_alone(path: Path) -> None:
    Store.open(path).connection.close()
    with sqlite3.connect(path) as newer:
        newer.execute(f"PRAGMA user_version = {VERSION + 1}")
    newer.close()
    before = path.read_bytes()

    with pytest.raises(StoreError, match=f"newer version of summariser .*{VERSION + 1}.*{VERSION}"):
        Store.open(path)

    assert path.read_bytes() == before


def test_what_is_no_ledger_is_refused_and_left_alone(path: Path, tmp_path: Path) -> None:
    path.write_text("hello, this is a text and no database at all\n" * 50)
    foreign = tmp_path / "foreign.db"
    with sqlite3.connect(foreign) as other:
        other.execute("CREATE TABLE things (id)")
    other.close()
    contents = path.read_bytes(), foreign.read_bytes()

    for file in (path, foreign):
        with pytest.raises(StoreError, match="is no ledger"):
            Store.open(file)

    assert (path.read_bytes(), foreign.read_bytes()) == contents


def test_a_file_that_is_not_there_is_made_only_where_something_is_to_be_added(path: Path) -> None:
    with pytest.raises(StoreError, match="no such file"):
        Store.open(path, create=False)
    with pytest.raises(StoreError, match="cannot be opened"):
        Store.open(path / "deeper")

    assert not path.exists()


def test_a_damaged_file_says_so(store: Store, path: Path) -> None:
    store.add(rows(WIRE, PAPER))
    store.connection.close()
    data = bytearray(path.read_bytes())
    data[4096:] = b"\xff" * (len(data) - 4096)
    path.write_bytes(bytes(data))

    with pytest.raises(StoreError, match="is damaged"), Store.open(path) as damaged:
        damaged.ledger()


def test_a_writer_that_does_not_end_is_said_to_be_in_the_way(
    store: Store, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("summariser.timeline.store.PATIENCE", 0.05)
    store.connection.execute("BEGIN IMMEDIATE")

    with Store.open(path) as other, pytest.raises(StoreError, match="in use by another process"):
        other.add(rows(WIRE))


def test_a_writer_has_the_file_for_itself_from_the_first_moment(
    store: Store, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else two that both read first could neither of them go on."""
    monkeypatch.setattr("summariser.timeline.store.PATIENCE", 0.05)
    put = Store._put
    with Store.open(path) as other:

        def put_later(self: Store, record: Record, added: Added) -> None:
            if self is store:
                with pytest.raises(StoreError, match="in use"):
                    other.add(rows(LATER))
            put(self, record, added)

        monkeypatch.setattr(Store, "_put", put_later)
        store.add(rows(WIRE))
        other.add(rows(LATER))

    assert store.ids() == ["later", "wire"]


def test_a_file_that_can_only_be_read_is_read(store: Store, path: Path) -> None:
    store.add(rows(WIRE))
    with Store.open(path) as reader:
        reader.connection.execute("PRAGMA query_only = ON")

        assert reader.ledger() == ledger_of(WIRE)
        with pytest.raises(StoreError, match="cannot be written"):
            reader.remove(["wire"])
