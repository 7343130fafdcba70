"""A folder of recordings: one JSON file for each request and take, named by the request's key."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import re
import tempfile
import threading
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, JsonValue, ValidationError

from summariser.errors import ReplayError
from summariser.replay.nearest import Difference, difference, likeness

ReplayMode = Literal["replay", "record", "cache"]

_NAME = re.compile(r"(?P<key>[0-9a-f]{64})(?:\.(?P<take>[1-9][0-9]{0,3}))?\.json")
_SECRET = re.compile(r"\bsk-[\w-]{6,}|\bBearer\s+[^\s\"'\\]+", re.IGNORECASE)
REMOVED = "[removed]"


class Recording(BaseModel):
    """One answer to one request. `take` counts the answers to the same request from 1; no headers, no keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: str
    take: int = 1
    path: str
    request: JsonValue
    status: int
    content_type: str
    response: JsonValue
    """The body: JSON as it is, anything else as text."""
    recorded_by: str
    """What gave the answer."""
    recorded_at: dt.datetime
    usage: Literal["measured", "estimated"] = "measured"
    """Whether the token counts in the response were measured by the server or are its estimate."""

    def body(self) -> bytes:
        text = self.response if isinstance(self.response, str) else json.dumps(self.response, ensure_ascii=False)
        return text.encode("utf-8", "surrogatepass")


class ReplayStore:
    """The recordings in `folder`, and which of them were played. Safe to share between threads and tasks.

    `note` says in new recordings what gave the answers.
    """

    def __init__(self, folder: Path, mode: ReplayMode = "replay", note: str = "unknown") -> None:
        self.folder = folder
        self.mode: ReplayMode = mode
        self.note = note
        self._lock = threading.Lock()
        self._asked: Counter[str] = Counter()
        self._played: set[tuple[str, int]] = set()
        self._sources: dict[str, None] = {}
        if mode == "replay" and not folder.is_dir():
            raise ReplayError(f"there is no folder of recordings {str(folder)!r}")

    def play(self, path: str, request: JsonValue) -> Recording | None:
        """The next take of this request (the last again, once all were played), None where there is none."""
        key = key_of(path, request)
        with self._lock:
            self._asked[key] += 1
            wanted = 1 if self.mode == "cache" else self._asked[key]
        take = next((n for n in range(wanted, 0, -1) if self._file(key, n).exists()), 0) if wanted < 1000 else 1
        if not take:
            return None
        recording = self._load(self._file(key, take))
        with self._lock:
            self._played.add((key, take))
            self._sources[recording.recorded_by] = None
        return recording

    def save(
        self, path: str, request: JsonValue, status: int, content_type: str, body: bytes, secrets: tuple[str, ...] = ()
    ) -> None:
        """Store an answer, whole or not at all. Keys that the server echoes, and all of `secrets`, are removed."""
        key = key_of(path, request)
        with self._lock:
            self._asked[key] += 1
            take = 1 if self.mode == "cache" else self._asked[key]
        response = _decoded(body)
        estimated = isinstance(response, dict) and "estimated" in str(response.get("system_fingerprint"))
        recording = Recording(
            key=key,
            take=take,
            path=path,
            request=request,
            status=status,
            content_type=content_type,
            response=response,
            recorded_by=self.note,
            recorded_at=dt.datetime.now(dt.UTC).replace(microsecond=0),
            usage="estimated" if estimated else "measured",
        )
        text = json.dumps(recording.model_dump(mode="json"), ensure_ascii=False, indent=1, sort_keys=True) + "\n"
        try:
            self._write(self._file(key, take), _scrubbed(text, secrets))
            if take == 1:
                self._drop_takes_of_earlier_runs(key)
        except OSError as error:
            raise ReplayError(f"cannot write a recording to {str(self.folder)!r}: {error.strerror}") from None

    def forget(self, path: str, request: JsonValue) -> None:
        """Remove what is stored for a request: a cache keeps no answer that could not be used."""
        self._file(key_of(path, request), 1).unlink(missing_ok=True)

    def recordings(self) -> Iterator[Recording]:
        """All recordings, by key and take. Raises `ReplayError` at one that cannot be read."""
        for key, take in self.known():
            yield self._load(self._file(key, take))

    def known(self) -> list[tuple[str, int]]:
        """Key and take of every recording, sorted."""
        found = (_NAME.fullmatch(path.name) for path in self.folder.glob("*.json"))
        return sorted((match["key"], int(match["take"] or 1)) for match in found if match)

    def played(self) -> set[tuple[str, int]]:
        """Key and take of every recording that was played."""
        with self._lock:
            return set(self._played)

    def unplayed(self) -> list[tuple[str, int]]:
        """Key and take of every recording that was never played: orphaned, or the rest of a half-played request."""
        played = self.played()
        return [known for known in self.known() if known not in played]

    def recorded_by(self) -> str | None:
        """What gave the answers that were played so far; several sources are joined."""
        with self._lock:
            return "; ".join(self._sources) or None

    def models(self) -> list[str]:
        """The models that the recorded requests name."""
        requests = (recording.request for recording in self.recordings())
        return sorted({str(asked["model"]) for asked in requests if isinstance(asked, dict) and "model" in asked})

    def explain_miss(self, path: str, request: JsonValue) -> str:
        """Why a request has no recording: the nearest one and the first difference."""
        nearest = max(
            (recording for recording in self.recordings() if recording.path == path),
            key=lambda recording: likeness(recording.request, request),
            default=None,
        )
        start = f"no recording of this request in {str(self.folder)!r}"
        if nearest is None:
            return f"{start}, and none for {path}"
        found: Difference | None = difference(nearest.request, request)
        where = f"at {found.path}: recorded {found.recorded}, asked {found.asked}" if found else "none"
        return f"{start}; nearest is {nearest.key[:12]}, first difference {where}"

    def _file(self, key: str, take: int) -> Path:
        return self.folder / (f"{key}.json" if take == 1 else f"{key}.{take}.json")

    def _load(self, file: Path) -> Recording:
        problem = ""
        try:
            return Recording.model_validate_json(file.read_bytes())
        except OSError as error:
            problem = error.strerror or "it cannot be read"
        except ValidationError as error:
            first = error.errors(include_input=False, include_url=False)[0]
            problem = f"{'.'.join(map(str, first['loc']))}: {first['msg']}".removeprefix(": ")
        raise ReplayError(f"recording {str(file)!r} is broken ({problem}): record it again")

    def _write(self, file: Path, text: str) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(dir=self.folder, prefix=".recording-", suffix=".part")
        try:
            with os.fdopen(descriptor, "w", encoding="utf-8", errors="surrogatepass") as part:
                part.write(text)
            Path(name).chmod(0o644)
            Path(name).replace(file)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise

    def _drop_takes_of_earlier_runs(self, key: str) -> None:
        """Further takes of an earlier run would be played after the new first one."""
        for old in self.folder.glob(f"{key}.*.json"):
            with self._lock:
                if self._asked[key] == 1:
                    old.unlink(missing_ok=True)


def key_of(path: str, request: JsonValue) -> str:
    """sha256 of the path and the request's canonical JSON."""
    canonical = json.dumps(request, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(f"{path}\n{canonical}".encode("utf-8", "surrogatepass")).hexdigest()


def _decoded(body: bytes) -> JsonValue:
    text = body.decode("utf-8", "replace")
    try:
        decoded: JsonValue = json.loads(text)
    except (ValueError, RecursionError):
        return text
    # A bare JSON string would come back as text without its quotes.
    return text if isinstance(decoded, str) else decoded


def _scrubbed(text: str, secrets: tuple[str, ...]) -> str:
    for secret in secrets:
        text = text.replace(secret, REMOVED)
    return _SECRET.sub(REMOVED, text)
