"""A document of 120,000 words through the whole path, against a server that answers at once with nothing to say.

What is measured is ours: requests, characters sent in proportion to the document's, time and memory of the client. The
answers are canned and say nothing about quality.
"""

from __future__ import annotations

import json
import resource
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

WORDS = (5_000, 30_000, 120_000)
_EMPTY = json.dumps({"highlights": [], "key_points": [], "actors": [], "milestones": []})


def document(words: int) -> str:
    """An invented report with headings, about `words` words long."""
    lines: list[str] = []
    chapter = count = 0
    while count < words:
        if len(lines) % 41 == 0:
            chapter += 1
            lines.append(f"# Chapter {chapter}: Ports and pilots\n")
        n = len(lines)
        paragraph = (
            f"The Harbour Council adopted rule {n} on {1 + n % 28} March 2025 after {n % 90 + 4} members voted for it. "
            f"Minister Ada Brandt said that the Data Office would inspect at least {n} firms in town {n % 17}. "
            f"Companies must not deploy systems of class {n % 9} unless the office has approved them by June 2026."
        )
        lines.append(paragraph + "\n")
        count += len(paragraph.split())
    return "\n".join(lines)


class _Server(ThreadingHTTPServer):
    """Counts what it is sent; every third part has key points, so that composing is exercised too."""

    daemon_threads = True
    requests = 0
    characters = 0
    lock = threading.Lock()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        server = self.server
        assert isinstance(server, _Server)
        sent = sum(len(message["content"]) for message in body["messages"]) + len(json.dumps(body["response_format"]))
        with server.lock:
            server.requests += 1
            server.characters += sent
        answer = _answer(body)
        message = {"role": "assistant", "content": answer}
        usage = {"prompt_tokens": sent // 4, "completion_tokens": len(answer) // 4, "total_tokens": 0}
        choice = {"index": 0, "message": message, "finish_reason": "stop"}
        reply = {
            "id": "1",
            "object": "chat.completion",
            "created": 1,
            "model": "m",
            "choices": [choice],
            "usage": usage,
        }
        data = json.dumps(reply).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        del format, args


def _answer(body: dict[str, list[dict[str, str]]]) -> str:
    """Key points that repeat sentences of the part, eight a part; for composing, the first five points."""
    lines = [line for line in body["messages"][1]["content"].splitlines() if line.startswith("[")]
    rows = [line[1:].split("] ", 1) for line in lines]
    if "verified key points" in body["messages"][0]["content"]:
        return json.dumps(
            {"key_points": [1, 2, 3, 4, 5], "highlights": [{"text": r[1], "points": [int(r[0])]} for r in rows[:5]]}
        )
    points = [
        {"text": text, "speaker": None, "ev": [int(number)]} for number, text in rows[:: max(1, len(rows) // 8)][:8]
    ]
    return json.dumps(json.loads(_EMPTY) | {"key_points": points})


def run() -> str:
    """A row for each length, in growing order (peak memory is of the whole process so far)."""
    from summariser import Settings, summarise

    rows = []
    for words in WORDS:
        text = document(words)
        with _Server(("127.0.0.1", 0), _Handler) as server:
            threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
            address = f"http://127.0.0.1:{server.server_address[1]}/v1"
            settings = Settings.load(model="openai/m", base_url=address, api_key="none")
            start, cpu = time.perf_counter(), time.process_time()
            summary = summarise(text, settings=settings)
            wall, cpu = time.perf_counter() - start, time.process_time() - cpu
            server.shutdown()
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        rows.append(
            f"{words:>7} words, {len(text):>7} characters, {len(summary.document.sentences):>6} sentences: "
            f"{server.requests:>3} requests, sent {server.characters / len(text):.3f} of the document's characters, "
            f"{wall:6.2f} s wall, {cpu:6.2f} s CPU (server included), peak memory {peak:.0f} MB, "
            f"{len(summary.key_points)} key points"
        )
    return "\n".join(rows)
