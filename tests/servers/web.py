"""A real web server on loopback, for what is fetched: paths answer as they were told, and every request is kept."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Page:
    """An answer; `drip` seconds pass before each byte of the body."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    drip: float = 0.0


@dataclass
class Site:
    """`pages` by path; `requests` are (path, headers in lower case) in their order."""

    url: str
    port: int
    pages: dict[str, Page]
    requests: list[tuple[str, dict[str, str]]]

    @property
    def paths(self) -> list[str]:
        return [path for path, _ in self.requests]


@contextmanager
def site(pages: dict[str, Page] | None = None) -> Iterator[Site]:
    """Serve these pages until the end of the block; a path without a page answers 404."""
    served: dict[str, Page] = pages if pages is not None else {}
    requests: list[tuple[str, dict[str, str]]] = []
    stop = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            requests.append((self.path, {key.lower(): value for key, value in self.headers.items()}))
            page = served.get(self.path, Page(b"nothing here", 404))
            self.send_response(page.status)
            for key, value in page.headers.items():
                self.send_header(key, value)
            if "Content-Length" not in page.headers:
                self.send_header("Content-Length", str(len(page.body)))
            self.end_headers()
            try:
                if not page.drip:
                    self.wfile.write(page.body)
                for byte in page.body if page.drip else b"":
                    if stop.wait(page.drip):
                        break
                    self.wfile.write(bytes([byte]))
            except OSError:
                pass  # the other side has had enough

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    port = server.server_address[1]
    try:
        yield Site(f"http://127.0.0.1:{port}", port, served, requests)
    finally:
        stop.set()
        server.shutdown()
        server.server_close()
        thread.join()
