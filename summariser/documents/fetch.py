"""Pages from the web, safely and politely: public hosts only, few redirects, limits, `robots.txt`, no credentials."""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from urllib.parse import urljoin

import httpcore2
import httpx2

from summariser.documents.fetching.robots import AGENT, Courtesy
from summariser.documents.fetching.transport import CheckedTransport, Deadline
from summariser.errors import FetchError


@dataclass(frozen=True, slots=True)
class Limits:
    """What one fetch may take: seconds and redirects in all, bytes after decompression; `delay` between two pages of
    one host, in seconds."""

    seconds: float = 60.0
    size: int = 20_000_000
    redirects: int = 5
    delay: float = 1.0


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer's body as it came, decompressed; `url` is where it was found in the end, `name` its host."""

    data: bytes
    content_type: str | None
    url: str
    name: str


_PAUSE = 15.0  # seconds without a byte
_ROBOTS_SIZE = 512_000  # RFC 9309 asks for at least 500 KiB
_COURTESY = Courtesy()

_NO_TEXT = re.compile(
    r"(?:image|video|audio|font|model)/|text/(?:css|javascript|calendar)|application/(?:javascript|wasm|zip|gzip|x-)"
)
_READ_ANYWAY = re.compile(r"application/(?:x-ndjson|x-pdf)")
_LOGIN = re.compile(
    r"/(?:log-?in|sign-?in|sign_in|signon|sso|auth(?:enticate|orize)?|connexion|identification|acceso|anmelden)(?:[/.?]|$)",
    re.I,
)
_PASSWORD = re.compile(rb"<input[^>]{0,500}type\s?=\s?[\"']?password", re.IGNORECASE)
_STATUSES = {
    401: "asks for a login (401): save the page and pass the file",
    402: "asks for payment (402): save the page and pass the file",
    403: "refuses programs (403): save the page and pass the file",
    404: "has no such page (404)",
    407: "is behind a proxy that asks for a login (407)",
    410: "has taken the page down for good (410)",
    429: "has had too many requests (429): try again later",
    451: "may not show the page for legal reasons (451)",
}


def fetch(url: str, *, allow_private_addresses: bool = False, limits: Limits | None = None) -> Fetched:
    """The page at an http(s) address.

    Raises `FetchError`, with one line that says what to do, for hosts that are private or local (unless
    `allow_private_addresses`; checked again at each redirect), for answers that are no page, for pages behind a login,
    for what `robots.txt` forbids, and where a limit is passed. No cookie, key or user name is ever sent.
    """
    limits = limits or Limits()
    visit = _Visit(Deadline(limits.seconds), allow_private_addresses, limits)
    address = _address(url)
    for hop in range(limits.redirects + 1):
        answer = visit.page(address)
        if answer.target is None:
            return _page(answer, redirected=hop > 0)
        address = _address(urljoin(str(address), answer.target))
    raise FetchError(f"{_called(address)} redirects more than {limits.redirects} times")


@dataclass(frozen=True, slots=True)
class _Answer:
    url: httpx2.URL
    status: int
    content_type: str | None
    data: bytes
    target: str | None
    retry_after: str | None = None


class _Visit:
    """One fetch under one deadline."""

    def __init__(self, deadline: Deadline, allow_private: bool, limits: Limits) -> None:
        self._deadline, self._allow_private, self._limits = deadline, allow_private, limits

    def page(self, url: httpx2.URL) -> _Answer:
        """The answer at this very address, once its host allows it and it is our turn."""
        origin = f"{url.scheme}://{url.netloc.decode('ascii')}"
        _COURTESY.check(origin, str(url), self._robots)
        self._deadline.put_off(_COURTESY.wait(origin, self._limits.delay))
        return self._get(url, self._limits.size)

    def _robots(self, address: str) -> tuple[int, str]:
        url = _address(address)
        for _ in range(self._limits.redirects + 1):
            answer = self._get(url, _ROBOTS_SIZE, whole=False)
            if answer.target is None:
                return answer.status, answer.data.decode("utf-8", "replace")
            url = _address(urljoin(str(url), answer.target))
        return 404, ""  # RFC 9309: after five redirects the file counts as missing

    def _get(self, url: httpx2.URL, size: int, *, whole: bool = True) -> _Answer:
        """One request. A body larger than `size` is an error where the `whole` is wanted, else it is cut off."""
        called = _called(url)
        try:
            with (
                httpx2.Client(
                    transport=CheckedTransport(self._deadline, allow_private=self._allow_private),
                    headers={
                        "User-Agent": _agent(),
                        "Accept": "text/html,application/xhtml+xml,application/pdf,text/*;q=0.9,*/*;q=0.5",
                    },
                    timeout=_PAUSE,
                    trust_env=False,
                    follow_redirects=False,
                ) as client,
                client.stream("GET", url) as response,
            ):
                target = response.headers.get("location") if response.has_redirect_location else None
                data = b"" if target else _body(response, size, called, whole=whole)
        except (httpcore2.TimeoutException, httpx2.TimeoutException):
            raise FetchError(f"{called} does not answer in time") from None
        except (httpcore2.NetworkError, httpcore2.ProtocolError, httpx2.TransportError, OSError) as error:
            raise FetchError(f"{called} cannot be reached ({_cause(error)})") from None
        except (httpx2.DecodingError, httpx2.InvalidURL, ValueError):
            raise FetchError(f"{called} sends a damaged answer") from None
        return _Answer(
            url, response.status_code, response.headers.get("content-type"), data, target,
            response.headers.get("retry-after"),
        )  # fmt: skip


def _body(response: httpx2.Response, size: int, called: str, *, whole: bool) -> bytes:
    """The body, decompressed piece by piece, so that a small answer cannot fill the memory."""
    if response.status_code >= 400:
        return b""
    declared = response.headers.get("content-length", "")
    if whole and declared.isdigit() and int(declared) > size:
        raise FetchError(_too_large(called, size))
    data = bytearray()
    for piece in response.iter_bytes():
        data += piece
        if len(data) > size:
            if whole:
                raise FetchError(_too_large(called, size))
            return bytes(data[:size])
    return bytes(data)


def _too_large(called: str, size: int) -> str:
    return f"{called} is larger than {size / 1e6:,.0f} MB: save the part that matters and pass the file"


def _page(answer: _Answer, *, redirected: bool) -> Fetched:
    """The answer as a page; raises `FetchError` for everything else."""
    called = _called(answer.url)
    if answer.status not in (200, 203):
        raise FetchError(f"{called} {_complaint(answer)}")
    kind = (answer.content_type or "").split(";")[0].strip().lower()
    if _NO_TEXT.match(kind) and not _READ_ANYWAY.match(kind):
        raise FetchError(f"{called} is no text but {kind[:60]}")
    if redirected and _LOGIN.search(answer.url.path):
        raise FetchError(f"{called} asks for a login: save the page and pass the file")
    if _PASSWORD.search(answer.data) and answer.data.lower().count(b"<p") < 3:
        raise FetchError(f"{called} asks for a password: save the page and pass the file")
    return Fetched(answer.data, answer.content_type, str(answer.url), answer.url.host)


def _complaint(answer: _Answer) -> str:
    if answer.status >= 500:
        return f"fails ({answer.status}): try again later"
    if answer.status == 429 and (answer.retry_after or "").isdigit():
        return f"has had too many requests (429): try again in {answer.retry_after} seconds"
    return _STATUSES.get(answer.status, f"sends no page (status {answer.status})")


def _address(url: str) -> httpx2.URL:
    """The address to ask for; raises `FetchError` for other schemes and for addresses with a user name."""
    try:
        parsed = httpx2.URL(url.strip())
    except (httpx2.InvalidURL, ValueError, UnicodeError):
        raise FetchError(f"not a web address: {_printable(url)}") from None
    if parsed.scheme not in ("http", "https"):
        raise FetchError(f"only http and https addresses are fetched, not {_printable(parsed.scheme or url)}:")
    if not parsed.host:
        raise FetchError(f"not a web address: {_printable(url)}")
    if parsed.userinfo:
        raise FetchError(f"{parsed.host}: addresses with a user name or password are not fetched: leave it out")
    return parsed.copy_with(fragment=None)


def _called(url: httpx2.URL) -> str:
    """The address for messages: host and path, without its query, which may hold secrets."""
    return _printable(f"{url.host}{url.path if url.path != '/' else ''}")


def _printable(text: str) -> str:
    bare = "".join(character for character in text if character.isprintable())
    return bare if len(bare) <= 100 else bare[:99] + "…"


def _cause(error: Exception) -> str:
    text = _printable(str(error))
    if "CERTIFICATE_VERIFY_FAILED" in text.upper() or "certificate" in text:
        return "its certificate is not valid"
    return text or type(error).__name__


def _agent() -> str:
    try:
        return f"{AGENT}/{version('summariser')}"
    except PackageNotFoundError:
        return AGENT
