"""Fetching: against a real server on loopback, and against the ways around the rule that only public hosts are read."""

from __future__ import annotations

import gzip
import ipaddress
import socket
import time
from collections.abc import Iterator

import httpcore2
import pytest

from summariser.documents import fetch as fetching
from summariser.documents import plain, read
from summariser.documents.fetch import Limits, fetch
from summariser.documents.fetching.addresses import is_public
from summariser.documents.fetching.robots import Courtesy
from summariser.errors import FetchError, RefusedSourceError
from tests.documents import article
from tests.documents.make_fixtures import FOLDER
from tests.servers.web import Page, Site, site

HTML = {"Content-Type": "text/html; charset=utf-8"}
ARTICLE = (FOLDER / "article.html").read_bytes()


@pytest.fixture(autouse=True)
def _no_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "_COURTESY", Courtesy())


@pytest.fixture
def web() -> Iterator[Site]:
    with site({"/article": Page(ARTICLE, headers=HTML)}) as served:
        yield served


def get(url: str, **limits: float) -> fetching.Fetched:
    return fetch(url, allow_private_addresses=True, limits=Limits(**{"delay": 0.0, "seconds": 20.0} | limits))  # type: ignore[arg-type]


def test_a_page_is_read_from_its_address(web: Site) -> None:
    document = read(f"{web.url}/article", allow_private_addresses=True)
    assert tuple(plain(s.text) for s in document.sentences) == article.SENTENCES
    assert (document.title, document.byline, document.published) == (article.TITLE, article.BYLINE, article.PUBLISHED)
    assert document.name == "127.0.0.1"
    assert document.url == f"{web.url}/article"  # its canonical address is another host's, which anybody can write


@pytest.mark.parametrize("kind", ["pdf", "docx", "json", "txt"])
def test_other_formats_are_read_from_the_web(kind: str, web: Site) -> None:
    types = {
        "pdf": "application/pdf",
        "docx": "application/octet-stream",
        "json": "application/json",
        "txt": "text/plain",
    }
    web.pages["/file"] = Page((FOLDER / f"article.{kind}").read_bytes(), headers={"Content-Type": types[kind]})
    document = read(f"{web.url}/file", allow_private_addresses=True)
    assert plain(document.sentences[0].text) == article.LEAD


def test_nothing_that_identifies_the_reader_is_sent(web: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    web.pages["/start"] = Page(status=302, headers={"Location": "/article", "Set-Cookie": "id=7; Path=/"})
    get(f"{web.url}/start#part")
    assert web.paths == ["/robots.txt", "/start", "/article"]
    for _, headers in web.requests:
        assert headers["user-agent"].startswith("summariser")
        assert not {"cookie", "authorization", "referer", "proxy-authorization"} & headers.keys()


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://127.1/",
        "http://2130706433/",
        "http://0x7f000001/",
        "http://0x7f.0.0.1/",
        "http://0177.0.0.1/",
        "http://017700000001/",
        "http://127.0.0.1./",
        "http://0/",
        "http://0.0.0.0/",
        "http://localhost/",
        "http://10.0.0.5/",
        "http://172.16.3.4/",
        "http://192.168.1.1/",
        "http://100.64.0.1/",
        "http://169.254.169.254/latest/meta-data/",
        "http://224.0.0.1/",
        "http://255.255.255.255/",
        "http://198.18.0.1/",
        "http://[::1]/",
        "http://[::]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[::ffff:7f00:1]/",
        "http://[::127.0.0.1]/",
        "http://[64:ff9b::7f00:1]/",
        "http://[2002:7f00:1::]/",
        "http://[fe80::1]/",
        "http://[fc00::1]/",
        "http://[fd00:ec2::254]/",
        "http://①②⑦.0.0.1/",
    ],
)
def test_private_and_local_addresses_are_not_fetched(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(httpcore2.SyncBackend, "connect_tcp", _never)
    with pytest.raises(FetchError) as caught:
        fetch(url)
    assert "\n" not in str(caught.value)


def _never(*_: object, **__: object) -> None:
    raise AssertionError("a connection was made")


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "ftp://example.org/a",
        "gopher://example.org/",
        "data:text/html,hello",
        "javascript:alert(1)",
        "//example.org/",
        "http:///a",
        "http://[::1",
        "https://user:secret@example.org/",
    ],
)
def test_other_schemes_and_credentials_are_refused(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(httpcore2.SyncBackend, "connect_tcp", _never)
    with pytest.raises(FetchError) as caught:
        fetch(url, allow_private_addresses=True)
    assert "secret" not in str(caught.value)


def test_public_addresses_are_told_from_the_others() -> None:
    assert all(is_public(ipaddress.ip_address(a)) for a in ("93.184.216.34", "8.8.8.8", "2606:2800:220:1::1"))
    assert not is_public(ipaddress.ip_address("192.88.99.1"))


def test_every_address_of_a_name_must_be_public(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", _resolver([["93.184.216.34", "10.0.0.1"]]))
    monkeypatch.setattr(httpcore2.SyncBackend, "connect_tcp", _never)
    with pytest.raises(FetchError, match=r"mixed\.example leads to a private"):
        fetch("http://mixed.example/")


def test_a_name_that_changes_its_answer_is_connected_to_the_address_that_was_checked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[str] = []
    reached: list[str] = []
    monkeypatch.setattr(socket, "getaddrinfo", _resolver([["93.184.216.34"], ["127.0.0.1"]], asked))

    def connect(_: object, host: str, port: int, *__: object) -> None:
        reached.append(host)
        raise httpcore2.ConnectError("no line in a test")

    monkeypatch.setattr(httpcore2.SyncBackend, "connect_tcp", connect)
    with pytest.raises(FetchError):
        fetch("http://rebind.example/")
    assert asked == ["rebind.example"]
    assert reached == ["93.184.216.34"]
    with pytest.raises(FetchError, match="private"):  # and its second answer is refused
        fetch("http://rebind.example/")
    assert reached == ["93.184.216.34"]


def _resolver(answers: list[list[str]], asked: list[str] | None = None) -> object:
    """A resolver that gives these answers, one after the other; numbers are not its business."""
    left = iter(answers)
    real = socket.getaddrinfo

    def getaddrinfo(host: str, port: int, *rest: int, **named: int) -> list[tuple[object, ...]]:
        if host[0].isdigit():
            return real(host, port, *rest, **named)  # type: ignore[return-value]
        if asked is not None:
            asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in next(left)]

    return getaddrinfo


def test_a_redirect_to_a_private_host_is_refused(web: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """A public name (its address lent by the test server) that redirects to loopback by its number."""
    monkeypatch.setattr(socket, "getaddrinfo", _resolver([["93.184.216.34"]] * 9))
    real = httpcore2.SyncBackend.connect_tcp

    def lent(self: httpcore2.SyncBackend, host: str, port: int, *rest: object) -> httpcore2.NetworkStream:
        assert host == "93.184.216.34"
        return real(self, "127.0.0.1", web.port, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(httpcore2.SyncBackend, "connect_tcp", lent)
    for target in (f"http://127.0.0.1:{web.port}/article", "http://[::1]/", "//169.254.169.254/", "file:///etc/passwd"):
        web.pages["/go"] = Page(status=302, headers={"Location": target})
        with pytest.raises(FetchError):
            fetch("http://public.example/go", limits=Limits(delay=0))
    assert "/article" not in web.paths
    assert web.requests[0][1]["host"] == "public.example"


def test_at_most_five_redirects(web: Site) -> None:
    for step in range(6):
        web.pages[f"/{step}"] = Page(status=301, headers={"Location": f"/{step + 1}" if step < 5 else "/article"})
    assert get(f"{web.url}/1").url == f"{web.url}/article"
    with pytest.raises(FetchError, match="redirects more than 5 times"):
        get(f"{web.url}/0")


@pytest.mark.parametrize(
    ("status", "says"),
    [
        (401, "login"),
        (403, "refuses programs"),
        (404, "no such page"),
        (410, "for good"),
        (429, "try again in 30 seconds"),
        (451, "legal reasons"),
        (418, "status 418"),
        (500, "try again later"),
        (503, "try again later"),
        (204, "sends no page"),
        (304, "sends no page"),
    ],
)
def test_each_status_says_what_it_means(status: int, says: str, web: Site) -> None:
    web.pages["/x"] = Page(b"" if status in (204, 304) else ARTICLE, status, {"Retry-After": "30"})
    with pytest.raises(FetchError, match=says):
        get(f"{web.url}/x")


def test_messages_do_not_show_the_query(web: Site) -> None:
    with pytest.raises(FetchError) as caught:
        get(f"{web.url}/missing?token=secret")
    assert "secret" not in str(caught.value)
    assert "/missing" in str(caught.value)


def test_a_login_page_is_no_article(web: Site) -> None:
    web.pages["/members"] = Page(status=302, headers={"Location": "/account/login?next=/members"})
    web.pages["/account/login?next=/members"] = Page(ARTICLE, headers=HTML)
    form = b"<html><body><form><input name=u><input type='password' name=p></form></body></html>"
    web.pages["/form"] = Page(form, headers=HTML)
    for path, says in (("/members", "asks for a login"), ("/form", "asks for a password")):
        with pytest.raises(FetchError, match=says):
            get(web.url + path)


def test_an_article_with_a_login_box_is_an_article(web: Site) -> None:
    page = ARTICLE.replace(b"</footer>", b"<form><input type=password></form></footer>")
    web.pages["/boxed"] = Page(page, headers=HTML)
    assert get(f"{web.url}/boxed").data == page


@pytest.mark.parametrize("kind", ["image/png", "video/mp4", "audio/mpeg", "application/zip", "text/css", "font/woff2"])
def test_what_is_no_text_is_refused_by_its_type(kind: str, web: Site) -> None:
    web.pages["/x"] = Page(b"\x89PNG", headers={"Content-Type": kind})
    with pytest.raises(FetchError, match=f"no text but {kind}"):
        get(f"{web.url}/x")


def test_a_body_over_the_limit_is_refused_whether_it_says_so_or_not(web: Site) -> None:
    web.pages["/said"] = Page(b"x" * 3000, headers=HTML)
    web.pages["/bomb"] = Page(gzip.compress(b"x" * 5_000_000), headers=HTML | {"Content-Encoding": "gzip"})
    for path, size in (("/said", 2000), ("/bomb", 1_000_000)):
        assert path == "/said" or len(web.pages[path].body) < size
        with pytest.raises(FetchError, match="is larger than"):
            get(web.url + path, size=size)


def test_compressed_pages_are_read_and_damaged_ones_are_not(web: Site) -> None:
    packed = HTML | {"Content-Encoding": "gzip"}
    web.pages["/gz"] = Page(gzip.compress(ARTICLE), headers=packed)
    web.pages["/bad"] = Page(b"no gzip at all", headers=packed)
    assert get(f"{web.url}/gz").data == ARTICLE
    with pytest.raises(FetchError, match="damaged answer"):
        get(f"{web.url}/bad")


def test_a_server_that_drips_is_left_at_the_deadline(web: Site) -> None:
    web.pages["/slow"] = Page(b"<p>slow</p>" * 100, headers=HTML, drip=0.05)
    began = time.monotonic()
    with pytest.raises(FetchError, match="in time"):
        get(f"{web.url}/slow", seconds=0.4)
    assert time.monotonic() - began < 10


def test_a_name_that_does_not_resolve_and_a_closed_port_are_one_line_each(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "unknown")

    with site() as gone:
        port = gone.port
    with pytest.raises(FetchError, match="cannot be reached"):
        get(f"http://127.0.0.1:{port}/")
    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    with pytest.raises(FetchError, match=r"nowhere\.example: no such host"):
        get("http://nowhere.example/")


def test_robots_txt_is_asked_once_a_host_and_obeyed(web: Site) -> None:
    web.pages["/robots.txt"] = Page(b"User-agent: *\nDisallow: /private\n\nUser-agent: other\nDisallow: /\n")
    web.pages["/private/a"] = Page(ARTICLE, headers=HTML)
    get(f"{web.url}/article")
    get(f"{web.url}/article")
    with pytest.raises(FetchError, match=r"robots\.txt"):
        get(f"{web.url}/private/a")
    assert web.paths == ["/robots.txt", "/article", "/article"]


def test_robots_txt_holds_for_where_a_redirect_leads(web: Site) -> None:
    web.pages["/robots.txt"] = Page(b"User-agent: summariser\nDisallow: /private\n")
    web.pages["/go"] = Page(status=302, headers={"Location": "/private/a"})
    with pytest.raises(FetchError, match=r"robots\.txt"):
        get(f"{web.url}/go")
    assert "/private/a" not in web.paths


@pytest.mark.parametrize("status", [403, 404, 410])
def test_a_missing_robots_txt_allows_everything(status: int, web: Site) -> None:
    web.pages["/robots.txt"] = Page(b"User-agent: *\nDisallow: /", status)
    assert get(f"{web.url}/article").data == ARTICLE


def test_a_host_that_fails_to_say_what_it_allows_is_left_alone(web: Site) -> None:
    web.pages["/robots.txt"] = Page(status=503)
    with pytest.raises(FetchError, match="what programs may read"):
        get(f"{web.url}/article")
    assert web.paths == ["/robots.txt"]


def test_pages_of_one_host_are_asked_for_with_a_pause_between_them(monkeypatch: pytest.MonkeyPatch) -> None:
    from summariser.documents.fetching import robots

    now = [100.0]
    slept: list[float] = []

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        now[0] += seconds

    monkeypatch.setattr(robots.time, "monotonic", lambda: now[0])
    monkeypatch.setattr(robots.time, "sleep", sleep)
    courtesy = Courtesy()
    courtesy.check("http://b.example", "http://b.example/x", lambda _: (200, "User-agent: *\nCrawl-delay: 4\n"))
    waits = [courtesy.wait(origin, 1.0) for origin in ("http://a.example", "http://a.example", "http://b.example")]
    assert waits == [0.0, 1.0, 0.0]
    assert courtesy.wait("http://b.example", 1.0) == 4.0
    assert slept == [0.0, 1.0, 0.0, 4.0]


def test_the_charset_comes_from_the_header_then_the_page(web: Site) -> None:
    text = "<p>Le président a signé la loi à l’Élysée, après deux années de débat sur les systèmes.</p>" * 3
    declared = f'<html><head><meta charset="windows-1252"></head><body>{text}</body></html>'
    web.pages["/meta"] = Page(declared.encode("cp1252"), headers={"Content-Type": "text/html"})
    wrong = declared.replace("windows-1252", "utf-8").encode("cp1252")
    web.pages["/header"] = Page(wrong, headers={"Content-Type": "text/html; charset=iso-8859-1"})
    for path in ("/meta", "/header"):
        document = read(web.url + path, allow_private_addresses=True)
        assert "signé la loi à l’Élysée" in document.text
        assert "guessed_encoding" not in {note.code for note in document.notes}


def test_the_gate_names_the_host(web: Site) -> None:
    web.pages["/empty"] = Page(b"<html><body><div id=app></div></body></html>", headers=HTML)
    with pytest.raises(RefusedSourceError, match=r"127\.0\.0\.1: the text is too short"):
        read(f"{web.url}/empty", allow_private_addresses=True)


def test_an_address_is_summarised_from_end_to_end(web: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    from summariser import summarise

    with pytest.raises(FetchError, match="private or local"):
        summarise(f"{web.url}/article", model="extractive")
    assert web.requests == []
    monkeypatch.setenv("SUMMARISER_ALLOW_PRIVATE_ADDRESSES", "true")
    summary = summarise(f"{web.url}/article", model="extractive")
    assert summary.document.title == article.TITLE
    assert summary.highlights
    assert all(span.quote in summary.document.text for claim in summary.claims() for span in claim.evidence)
