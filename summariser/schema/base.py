"""What every model of the schema has in common."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Frozen(BaseModel):
    """A value: immutable, compared by content, unknown fields refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")
