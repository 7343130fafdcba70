"""The plain system: the same model, one line of prompt and the same shape of answer; no sentence numbers, no checks.

What it says is laid into the form of a `Summary` so that the same metrics apply; it cites nothing.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict, ValidationError

from summariser.schema import (
    UNCHECKED,
    Actor,
    ActorKind,
    Attempt,
    DateRole,
    Document,
    Highlight,
    Instrument,
    KeyPoint,
    Milestone,
    PartialDate,
    Provenance,
    Status,
    Summary,
    Usage,
)

if TYPE_CHECKING:
    from openai.types.chat import ChatCompletion

    from summariser import Settings
    from summariser.replay import ReplayStore

PROMPT = "Summarise this article{published}: {highlights} highlights, key points, actors, AI-policy milestones."


class _Plain(BaseModel):
    model_config = ConfigDict(extra="ignore")


class PlainPoint(_Plain):
    text: str
    speaker: str | None = None


class PlainActor(_Plain):
    name: str
    aliases: list[str] = []
    kind: ActorKind = "other"
    role: str | None = None


class PlainMilestone(_Plain):
    title: str
    date: str | None = None
    date_text: str | None = None
    date_role: DateRole | None = None
    jurisdictions: list[str] = []
    instrument: Instrument = "other"
    binding: bool | None = None
    status: Status = "unknown"


class PlainSummary(_Plain):
    """The draft's fields without evidence."""

    highlights: list[str]
    key_points: list[PlainPoint]
    actors: list[PlainActor]
    milestones: list[PlainMilestone]


class PlainAnswerError(Exception):
    """The model's answer is not what the schema asks for."""


def answer(document: Document, settings: Settings, highlights: int) -> tuple[Summary, ReplayStore | None]:
    """One request, through the same client and the same recording transport as the package's own."""
    import httpx2
    import openai

    from summariser.replay import ReplayStore
    from summariser.replay.transport import ReplayTransport

    store = _store(settings, ReplayStore)
    model = settings.model or store.models()[0]
    transport = ReplayTransport(store, lambda: httpx2.Client(timeout=settings.timeout))
    key = settings.api_key.get_secret_value() if settings.api_key else "none"
    with (
        httpx2.Client(transport=transport, timeout=settings.timeout) as http,
        openai.OpenAI(api_key=key, base_url=settings.base_url, http_client=http, max_retries=0) as client,
    ):
        completion = _ask(client, model.rpartition("/")[2] if settings.model else model, document, highlights)
    return _summary(document, completion, model, store), store


def _store(settings: Settings, maker: type[ReplayStore]) -> ReplayStore:
    if settings.record is not None:
        return maker(settings.record, "record", settings.record_note or str(settings.model))
    assert settings.replay is not None
    return maker(settings.replay, "replay")


def _ask(client, model: str, document: Document, highlights: int) -> ChatCompletion:  # type: ignore[no-untyped-def]  # noqa: ANN001
    from summariser.completers.strict_schema import strict_schema

    published = f" (published {document.published})" if document.published else ""
    line = PROMPT.format(published=published, highlights=highlights)
    schema = {"name": "PlainSummary", "strict": True, "schema": strict_schema(PlainSummary, inline=False)}
    completion: ChatCompletion = client.chat.completions.create(
        model=model,
        messages=[{"role": "user", "content": f"{line}\n\n{document.text}"}],
        response_format={"type": "json_schema", "json_schema": schema},
    )
    return completion


def _summary(document: Document, completion: ChatCompletion, model: str, store: ReplayStore) -> Summary:
    from summariser import __version__

    try:
        said = PlainSummary.model_validate_json(completion.choices[0].message.content or "")
    except ValidationError as error:
        raise PlainAnswerError(f"not what the schema asks for ({error.error_count()} problems)") from None
    used = completion.usage
    attempt = Attempt(
        call="extract",
        input_tokens=used.prompt_tokens if used else 0,
        output_tokens=used.completion_tokens if used else 0,
    )
    return Summary(
        document=document,
        language=document.language,
        highlights=tuple(Highlight(text=text, evidence=(), verdict=UNCHECKED) for text in said.highlights),
        key_points=tuple(
            KeyPoint(text=one.text, speaker=one.speaker, evidence=(), verdict=UNCHECKED) for one in said.key_points
        ),
        actors=tuple(_actor(actor) for actor in said.actors),
        milestones=tuple(_milestone(milestone) for milestone in said.milestones),
        usage=Usage(attempts=(attempt,), estimated="estimated" in str(completion.system_fingerprint)),
        provenance=Provenance(
            engine="llm",
            model=model,
            source="replay" if store.mode == "replay" else "live",
            prompt_version=None,
            library_version=__version__,
            created=dt.datetime.now(dt.UTC),
            recorded_by=store.recorded_by(),
        ),
    )


def _actor(said: PlainActor) -> Actor:
    return Actor(
        name=said.name, aliases=tuple(said.aliases), kind=said.kind, role=said.role, evidence=(), verdict=UNCHECKED
    )


def _milestone(said: PlainMilestone) -> Milestone:
    """A date that is none is dropped, as anyone would who puts the answer into a typed record."""
    try:
        date = PartialDate(said.date) if said.date else None
    except ValueError:
        date = None
    return Milestone(
        title=said.title,
        date=date,
        date_text=said.date_text,
        date_basis="stated" if date else "none",
        date_role=said.date_role,
        jurisdictions=tuple(said.jurisdictions),
        instrument=said.instrument,
        binding=said.binding,
        status=said.status,
        evidence=(),
        verdict=UNCHECKED,
    )
