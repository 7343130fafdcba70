"""A server on loopback that speaks OpenAI's Batch API: files, batches, and their states under the test's control.

``with BatchServer(answer) as server`` answers every request line by `answer(body, custom_id)`, which returns a `Canned`
reply of `servers.chat`, or None for a line that is left out. A batch stays in `validating` until the test says
`server.process()` (or `auto=True`: it moves on one state whenever it is looked at), and its files come then.
"""

from __future__ import annotations

import json
import re
import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from email.parser import BytesParser
from email.policy import HTTP
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

from tests.servers.chat import Canned

Answer = Callable[[dict[str, Any], str], Canned | None]

ORDER = ("validating", "in_progress", "finalizing", "completed")


@dataclass
class Fault:
    """What happens instead of (`after` False) or after a request that fits ``METHOD path``: a reply, or a dropped line
    where `reply` is None. With `hold` the reply waits for it, and `reached` says that the request was taken."""

    where: str
    reply: Canned | None = None
    after: bool = False
    times: int = 1
    hold: threading.Event | None = None
    reached: threading.Event = field(default_factory=threading.Event)
    path: re.Pattern[str] = field(init=False)

    def __post_init__(self) -> None:
        self.path = re.compile(self.where)


@dataclass
class Batch:
    """A batch on the server; `lines` are its requests in order."""

    id: str
    input_file: str
    lines: list[dict[str, Any]]
    metadata: dict[str, str]
    status: str = "validating"
    output: str | None = None
    errors: str | None = None
    faults: list[dict[str, str]] = field(default_factory=list)
    completed: int = 0
    failed: int = 0

    def as_json(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "object": "batch",
            "endpoint": "/v1/chat/completions",
            "completion_window": "24h",
            "created_at": 1,
            "expires_at": 86_401,
            "input_file_id": self.input_file,
            "status": self.status,
            "output_file_id": self.output,
            "error_file_id": self.errors,
            "errors": {"object": "list", "data": self.faults} if self.faults else None,
            "metadata": self.metadata,
            "request_counts": {"total": len(self.lines), "completed": self.completed, "failed": self.failed},
        }


class BatchServer:
    """Files and batches in memory. `log` holds ``METHOD path`` of every request, `files` what was uploaded or made."""

    def __init__(self, answer: Answer, *, auto: bool = False, key: str | None = None, page: int = 100) -> None:
        self.answer = answer
        self.auto = auto
        self.key = key
        self.page = page
        self.has_batches = True
        self.most_bytes: int | None = None
        self.reverse = True
        """Whether output files are in another order than input files."""
        self.faults: list[Fault] = []
        self.log: list[str] = []
        self.files: dict[str, bytes] = {}
        self.batches: dict[str, Batch] = {}
        self._lock = threading.RLock()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True)

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}/v1"

    @property
    def sent(self) -> list[dict[str, Any]]:
        """Every request line of every batch, in the order of the batches."""
        return [line for batch in self.batches.values() for line in batch.lines]

    def uploads(self) -> int:
        return sum(entry.startswith("POST /v1/files") for entry in self.log)

    def process(
        self, batch: str | None = None, *, status: str = "completed", first: int | None = None, told: bool = True
    ) -> None:
        """End a batch (or all that are under way) in `status`, its `first` requests answered and the rest not.

        `told` says whether the error file names the requests that were not processed, as OpenAI's does.
        """
        with self._lock:
            for one in [self.batches[batch]] if batch else list(self.batches.values()):
                if one.status not in ("completed", "expired", "cancelled", "failed"):
                    self._end(one, status, len(one.lines) if first is None else first, told)

    def fail(self, code: str, message: str) -> None:
        """All batches that are under way fail as a whole."""
        with self._lock:
            for one in self.batches.values():
                if one.status == "validating":
                    one.status, one.faults = "failed", [{"code": code, "message": message}]

    def _end(self, batch: Batch, status: str, first: int, told: bool) -> None:
        output: list[dict[str, Any]] = []
        errors: list[dict[str, Any]] = []
        for line in batch.lines[:first]:
            reply = self.answer(line["body"], line["custom_id"])
            if reply is None:
                continue
            response = {"status_code": reply.status, "request_id": "r", "body": json.loads(reply.body)}
            made = {"id": "b", "custom_id": line["custom_id"], "response": response, "error": None}
            (output if reply.status == 200 else errors).append(made)
        for line in batch.lines[first:] if told else ():
            error = {"code": f"batch_{status}", "message": f"This request was not executed: {status}."}
            errors.append({"id": "b", "custom_id": line["custom_id"], "response": None, "error": error})
        batch.output = self._made(output)
        batch.errors = self._made(errors)
        batch.completed, batch.failed, batch.status = len(output), len(errors), status

    def _made(self, lines: list[dict[str, Any]]) -> str | None:
        if not lines:
            return None
        lines = lines[::-1] if self.reverse else lines
        return self._stored("".join(json.dumps(line) + "\n" for line in lines).encode())

    def _stored(self, content: bytes) -> str:
        name = f"file-{len(self.files) + 1}"
        self.files[name] = content
        return name

    def serve(self, method: str, path: str, headers: dict[str, str], raw: bytes) -> Canned | None:
        """The reply to a request; None: the line drops."""
        with self._lock:
            self.log.append(f"{method} {path}")
            fault = next((f for f in self.faults if f.times > 0 and f.path.search(f"{method} {path}")), None)
            if fault is None:
                return self._route(method, path, headers, raw)
            fault.times -= 1
            if fault.after:
                self._route(method, path, headers, raw)
        fault.reached.set()
        if fault.hold is not None:
            fault.hold.wait()
        return fault.reply

    def _route(self, method: str, path: str, headers: dict[str, str], raw: bytes) -> Canned:
        if self.key is not None and headers.get("authorization") != f"Bearer {self.key}":
            return _error("Incorrect API key provided", 401, "invalid_api_key")
        path, _, query = path.partition("?")
        if not self.has_batches:
            return _error("no such path", 404)
        match method, path.removeprefix("/v1/").split("/"):
            case "POST", ["files"]:
                return self._upload(headers["content-type"], raw)
            case "GET", ["files", name, "content"]:
                content = self.files.get(name)
                return _error("no such file", 404) if content is None else Canned(200, content)
            case "POST", ["batches"]:
                return self._create(json.loads(raw))
            case "GET", ["batches"]:
                return self._list(dict(pair.split("=") for pair in query.split("&") if pair))
            case "GET", ["batches", name] if name in self.batches:
                return self._look(self.batches[name])
            case "POST", ["batches", name, "cancel"] if name in self.batches:
                self.batches[name].status = "cancelling"
                return _json(self.batches[name].as_json())
        return _error(f"{method} {path} is not known here", 404)

    def _upload(self, content_type: str, raw: bytes) -> Canned:
        form = BytesParser(policy=HTTP).parsebytes(f"Content-Type: {content_type}\r\n\r\n".encode() + raw)
        parts = {part.get_param("name", header="content-disposition"): part for part in form.iter_parts()}
        content = parts["file"].get_payload(decode=True)
        if parts["purpose"].get_payload(decode=True) != b"batch":
            return _error("purpose must be batch", 400)
        if self.most_bytes is not None and len(content) > self.most_bytes:
            return _error("file too large", 413)
        name = self._stored(content)
        return _json(
            {
                "id": name,
                "object": "file",
                "bytes": len(content),
                "created_at": 1,
                "filename": parts["file"].get_filename(),
                "purpose": "batch",
                "status": "processed",
            }
        )

    def _create(self, body: dict[str, Any]) -> Canned:
        content = self.files.get(body["input_file_id"])
        if content is None or body["endpoint"] != "/v1/chat/completions" or body["completion_window"] != "24h":
            return _error("no such batch can be made", 400)
        lines = [json.loads(line) for line in content.splitlines()]
        ids = [line["custom_id"] for line in lines]
        wrong = [line for line in lines if (line["method"], line["url"]) != ("POST", "/v1/chat/completions")]
        batch = Batch(f"batch_{len(self.batches) + 1}", body["input_file_id"], lines, body.get("metadata") or {})
        if wrong or len(set(ids)) != len(ids) or any(len(name) > 64 for name in ids):
            batch.status, batch.faults = "failed", [{"code": "invalid_request", "message": "lines are wrong"}]
        self.batches[batch.id] = batch
        return _json(batch.as_json())

    def _look(self, batch: Batch) -> Canned:
        if self.auto and batch.status in ORDER[:-1]:
            batch.status = ORDER[ORDER.index(batch.status) + 1]
            if batch.status == "completed":
                self._end(batch, "completed", len(batch.lines), True)
        return _json(batch.as_json())

    def _list(self, query: dict[str, str]) -> Canned:
        newest = list(self.batches.values())[::-1]
        start = next((n + 1 for n, batch in enumerate(newest) if batch.id == query.get("after")), 0)
        size = min(self.page, int(query.get("limit", 20)))
        shown = newest[start : start + size]
        more = start + size < len(newest)
        return _json({"object": "list", "data": [batch.as_json() for batch in shown], "has_more": more})

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


def _json(body: Any, status: int = 200) -> Canned:
    return Canned(status, json.dumps(body).encode(), {"Content-Type": "application/json"})


def _error(message: str, status: int, code: str | None = None) -> Canned:
    return _json({"error": {"message": message, "type": "e", "param": None, "code": code}}, status)


def _handler(server: BatchServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def do_GET(self) -> None:
            self._serve("GET")

        def do_POST(self) -> None:
            self._serve("POST")

        def _serve(self, method: str) -> None:
            raw = self._body()
            headers = {name.lower(): value for name, value in self.headers.items()}
            reply = server.serve(method, self.path, headers, raw)
            if reply is None:
                self.close_connection = True
                self.connection.shutdown(socket.SHUT_RDWR)
                return
            self.send_response(reply.status)
            for name, value in {"Content-Length": str(len(reply.body)), **reply.headers}.items():
                self.send_header(name, value)
            self.end_headers()
            if reply.cut is None:
                self.wfile.write(reply.body)
                return
            self.wfile.write(reply.body[: reply.cut])
            self.wfile.flush()
            self.close_connection = True
            self.connection.shutdown(socket.SHUT_RDWR)

        def _body(self) -> bytes:
            if self.headers.get("Transfer-Encoding", "") != "chunked":
                return self.rfile.read(int(self.headers.get("Content-Length") or 0))
            body = b""
            while size := int(self.rfile.readline(), 16):
                body += self.rfile.read(size)
                self.rfile.readline()
            self.rfile.readline()
            return body

        def log_message(self, *_: Any) -> None:
            pass

    return Handler
