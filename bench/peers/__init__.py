"""Who is measured: the package and what a user would pick instead, each with its pinned requirements.

Every module here but `task` runs inside its peer's own environment and imports nothing of the benchmark but `task`.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Peer:
    """`environment` is None for what runs where the benchmark itself runs. `slow` divides the documents it is given."""

    name: str
    module: str
    environment: str | None = None
    mode: str = ""
    imports: str = ""
    """What a user imports first."""
    slow: int = 1
    stream: bool = False
    """Takes the articles as one stream where several are in flight."""
    own: bool = False


ENVIRONMENTS: dict[str, tuple[str, ...]] = {
    "openai": ("openai[aiohttp]==3.57.0", "pydantic==2.14.4"),
    "instructor": ("instructor==1.17.0",),
    "pydantic-ai": ("pydantic-ai-slim[openai]==2.68.0",),
    "langchain": ("langchain-openai==1.7.4",),
    "langextract": ("langextract[openai]==1.7.1",),
    "llm": ("llm==0.36",),
}
"""Pinned, so that two runs of the benchmark measure the same peers; raise them here."""

FULL = "summariser"
DRAFT = "summariser before verification"
WORKERS = "summariser with 2 workers"
INSTRUCTOR = "instructor"
OPENAI = "openai"

PEERS: tuple[Peer, ...] = (
    Peer(FULL, "summariser_own", None, "full", "summariser", stream=True, own=True),
    Peer(DRAFT, "summariser_own", None, "draft", own=True),
    Peer(WORKERS, "summariser_command", None, "2", stream=True, own=True),
    Peer("httpx2 + pydantic (floor)", "floor", "openai"),
    Peer(OPENAI, "openai_sdk", "openai", imports="openai"),
    Peer("openai over aiohttp", "openai_sdk", "openai", "aiohttp"),
    Peer(INSTRUCTOR, "instructor_json", "instructor", imports="instructor"),
    Peer("pydantic-ai", "pydantic_ai_agent", "pydantic-ai", imports="pydantic_ai"),
    Peer("langchain-openai", "langchain_chat", "langchain", imports="langchain_openai"),
    Peer("langextract", "langextract_quotes", "langextract", imports="langextract", slow=10),
    Peer("llm", "llm_schema", "llm", imports="llm", slow=2),
)
