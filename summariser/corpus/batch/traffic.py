"""Parts of a run on their way to the server and back."""

from __future__ import annotations

from collections.abc import Callable

from summariser.completers.batch_lines import passes
from summariser.completers.batches import BatchServer
from summariser.corpus.batch.parts import collect
from summariser.corpus.batch.state import Folder, Part, State

Say = Callable[[str], None]


class Traffic:
    """Sends parts and fetches their answers; every step is in the state before it is taken, or found again after."""

    def __init__(self, folder: Folder, state: State, server: BatchServer, max_retries: int) -> None:
        self._folder, self._state, self._server, self._max_retries = folder, state, server, max_retries

    def send(self) -> None:
        """Upload what is written and create its batches; what an earlier command began is found again."""
        for part in self._state.open:
            if part.stage == "created":
                continue
            if part.stage == "written":
                name = f"summariser-{self._state.run[:8]}-{part.name}.jsonl"
                part.file_id = self._server.upload(self._folder.requests(part), name)
                part.stage = "uploaded"
                self._folder.save(self._state)
            doubtful, part.tried = part.tried, True
            self._folder.save(self._state)
            labels = {"summariser_run": self._state.run, "summariser_part": part.name}
            part.see(self._server.create(part.file_id or "", labels, doubtful=doubtful))
            part.stage = "created"
            self._folder.save(self._state)

    def fetch(self, say: Say) -> tuple[bool, list[Part]]:
        """Look at every batch; whether any has ended, and the parts whose answers were taken over."""
        news, collected = False, []
        for part in self._state.open:
            if part.stage != "created" or part.batch_id is None:
                continue
            batch = self._server.look(part.batch_id)
            part.see(batch)
            if not batch.ended:
                continue
            news = True
            if batch.status == "failed" and passes(batch.code) and self._may_try_again(part):
                part.stage, part.tried, part.batch_id = "uploaded", False, None
                continue
            for line in collect(self._folder, self._state, part, self._server):
                say(line)
            collected.append(part)
        if self._state.parts:
            self._folder.save(self._state)
        return news, collected

    def _may_try_again(self, part: Part) -> bool:
        """A batch that found no room is created again, for ever while others of ours take up the room."""
        others = any(other.stage == "created" and not other.ended for other in self._state.open)
        if not others:
            part.refusals += 1
        return part.refusals <= self._max_retries
