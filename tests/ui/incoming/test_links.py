"""Links to pictures, fetched from a real server that behaves and misbehaves."""

import gzip
from collections.abc import Iterator, Mapping
from dataclasses import replace

import pytest
from PIL import Image
from PySide6.QtNetwork import QSslCertificate, QSslConfiguration
from pytestqt.qtbot import QtBot

from tests.support import http_server
from tests.support.http_server import (
    Fault,
    HttpServer,
    Request,
    breaks_off,
    drips,
    instead,
    redirect,
    resets,
    stalls,
    status,
    unused_port,
)
from tests.support.images import encode, noise_on_gradient, smooth
from tests.support.platforms import not_on_wine
from vgg_desktop.errors import LinkFailed
from vgg_desktop.http_client import USER_AGENT
from vgg_desktop.ui.incoming.links import LinkFetcher, LinkLimits
from vgg_desktop.ui.incoming.session_folder import PictureData

WAIT = 20_000
no_schannel = not_on_wine("Schannel has no list of ciphers, of which Qt warns")
CAT = encode(smooth(), "JPEG")
PNG = encode(smooth(), "PNG")
LIMIT = 200_000
LIMITS = LinkLimits(size=LIMIT, stall=10)
BIG = CAT + bytes(LIMIT)
FILES = {"cat.jpg": CAT, "photos/7": PNG, "big.jpg": BIG, "net.onnx": b"\x08\x03" + bytes(2000), "empty": b""}


class Redirecting(HttpServer):
    """Answers by path: while it follows a redirect, Qt at times sends the same request twice."""

    def __init__(self, faults: Mapping[str, Fault]) -> None:
        super().__init__(FILES)
        self.faults = faults

    def next_fault(self, request: Request) -> Fault:
        return self.faults.get(request.path, super().next_fault(request))


class Links:
    """A fetcher and what it said."""

    def __init__(self, qtbot: QtBot, limits: LinkLimits = LIMITS) -> None:
        self.fetcher = LinkFetcher(limits)
        self.pictures: list[PictureData] = []
        self.failures: list[LinkFailed] = []
        self.pending: list[int] = []
        self.fetcher.fetched.connect(self.pictures.append)
        self.fetcher.failed.connect(self.failures.append)
        self.fetcher.changed.connect(lambda: self.pending.append(self.fetcher.pending))
        self._qtbot = qtbot

    def fetch(self, *addresses: str) -> None:
        """Fetch and wait until nothing is pending."""
        for address in addresses:
            self.fetcher.fetch(address)
        self._qtbot.waitUntil(lambda: self.fetcher.pending == 0, timeout=WAIT)

    def reason(self, address: str) -> str:
        """Fetch what cannot be, and return the reason."""
        self.fetch(address)
        assert self.pictures == []
        (failure,) = self.failures
        assert failure.url == address
        return str(failure.reason)


@pytest.fixture
def links(qtbot: QtBot) -> Links:
    return Links(qtbot)


@pytest.fixture
def server() -> Iterator[HttpServer]:
    with HttpServer(FILES) as running:
        yield running


@pytest.fixture
def _trusted_certificate() -> Iterator[None]:
    before = QSslConfiguration.defaultConfiguration()
    trusting = QSslConfiguration(before)
    trusting.addCaCertificates(QSslCertificate.fromPath(str(http_server.CERTIFICATE)))
    QSslConfiguration.setDefaultConfiguration(trusting)
    yield
    QSslConfiguration.setDefaultConfiguration(before)


# --- what arrives


def test_a_picture_arrives_with_its_name(links: Links, server: HttpServer) -> None:
    address = server.url("cat.jpg?width=100")
    links.fetch(address)
    assert links.pictures == [PictureData("cat.jpg", CAT)]
    assert links.pending == [1, 0]
    (request,) = server.requests
    assert request.headers["user-agent"] == USER_AGENT
    assert not {"cookie", "referer", "authorization"} & set(request.headers)


def test_a_name_without_extension_gets_the_true_one(links: Links) -> None:
    with Redirecting({"/random": redirect("/photos/7")}) as server:
        links.fetch(server.url("random"), server.url("photos/7"))
    assert sorted(picture.name for picture in links.pictures) == ["7.png", "random.png"]


def test_redirects_are_followed_and_may_tell_the_name(links: Links) -> None:
    with Redirecting({"/random": redirect("/elsewhere"), "/elsewhere": redirect("/cat.jpg")}) as server:
        links.fetch(server.url("random"))
    assert [picture.name for picture in links.pictures] == ["cat.jpg"]


def test_names_cannot_lead_out_of_a_folder(links: Links, server: HttpServer) -> None:
    server.otherwise = instead(CAT)
    links.fetch(server.url("a/%2e%2e%2f%2e%2e%2fetc%2fcat.jpg"), server.url(""))
    assert {picture.name for picture in links.pictures} == {"cat.jpg", "127.0.0.1.jpg"}


def test_cookies_are_not_kept(links: Links) -> None:
    headers = {"Set-Cookie": "id=1; Path=/", "Location": "/cat.jpg"}
    with Redirecting({"/first": Fault(status=302, headers=headers, body=b"")}) as server:
        links.fetch(server.url("first"))
        links.fetch(server.url("photos/7"))
    assert [picture.name for picture in links.pictures] == ["cat.jpg", "7.png"]
    assert not any("cookie" in request.headers for request in server.requests)


def test_compressed_pictures_are_unpacked(links: Links, server: HttpServer) -> None:
    server.script.append(Fault(body=gzip.compress(CAT), headers={"Content-Encoding": "gzip"}))
    links.fetch(server.url("cat.jpg"))
    assert [picture.data for picture in links.pictures] == [CAT]


def test_a_large_picture_arrives_whole_in_small_pieces(qtbot: QtBot) -> None:
    picture = encode(Image.fromarray(noise_on_gradient(1200, 900)), "PNG")
    assert len(picture) > 2_000_000
    with HttpServer({"a.png": picture}) as server:
        links = Links(qtbot, replace(LIMITS, size=50_000_000))
        links.fetch(server.url("a.png"))
    assert [each.data for each in links.pictures] == [picture]


# --- several


def test_at_most_some_are_fetched_at_once(qtbot: QtBot) -> None:
    with HttpServer({f"{number}.jpg": CAT for number in range(10)}) as server:
        links = Links(qtbot, replace(LIMITS, at_once=2))
        server.script.extend([stalls(0), stalls(0)])
        addresses = [server.url(f"{number}.jpg") for number in range(10)]
        for address in addresses:
            links.fetcher.fetch(address)
        qtbot.waitUntil(lambda: len(server.requests) == 2, timeout=WAIT)
        qtbot.wait(50)
        assert len(server.requests) == 2
        assert links.fetcher.pending == 10
        links.fetcher.cancel_all()
        links.fetch(*addresses)
    assert sorted(picture.name for picture in links.pictures) == [f"{number}.jpg" for number in range(10)]


def test_one_failure_costs_only_itself(links: Links, server: HttpServer) -> None:
    links.fetch(server.url("missing.jpg"), server.url("cat.jpg"), "mailto:me", server.url("photos/7"))
    assert sorted(picture.name for picture in links.pictures) == ["7.png", "cat.jpg"]
    assert len(links.failures) == 2


def test_the_same_link_is_asked_for_once(links: Links, server: HttpServer) -> None:
    links.fetch(server.url("cat.jpg"), server.url("cat.jpg"))
    assert len(links.pictures) == len(server.requests) == 1
    links.fetch(server.url("cat.jpg"))
    assert len(links.pictures) == 2


def test_cancelled_links_are_not_heard_of_again(links: Links, server: HttpServer, qtbot: QtBot) -> None:
    server.script.append(stalls(600))
    links.fetcher.fetch(server.url("cat.jpg?slow"))
    qtbot.waitUntil(lambda: len(server.requests) == 1, timeout=WAIT)
    links.fetcher.fetch(server.url("photos/7"))
    links.fetcher.cancel_all()
    assert links.fetcher.pending == 0
    links.fetch(server.url("cat.jpg"))
    assert [picture.name for picture in links.pictures] == ["cat.jpg"]
    assert links.failures == []


def test_dropping_the_fetcher_in_the_middle_is_harmless(server: HttpServer, qtbot: QtBot) -> None:
    server.script.append(stalls(100))
    fetcher = LinkFetcher()
    fetcher.fetch(server.url("cat.jpg"))
    qtbot.waitUntil(lambda: len(server.requests) == 1, timeout=WAIT)
    fetcher.deleteLater()
    with qtbot.waitSignal(fetcher.destroyed, timeout=WAIT):
        pass


# --- what fails


@pytest.mark.parametrize("code", [401, 403, 404, 410, 429, 500, 503])
def test_a_status_is_told(code: int, links: Links, server: HttpServer) -> None:
    server.otherwise = status(code)
    assert links.reason(server.url("cat.jpg")) == f"the server answered {code}"


def test_a_server_that_sends_next_to_nothing_is_left(server: HttpServer, qtbot: QtBot) -> None:
    server.otherwise = drips(100)
    links = Links(qtbot, replace(LIMITS, stall=0.5))
    assert links.reason(server.url("cat.jpg")) == "it sends less than 1.0 kB per second"


def test_a_large_error_page_is_not_waited_for(links: Links, server: HttpServer) -> None:
    server.otherwise = Fault(status=404, body=bytes(5_000_000), after=4_000_000, then="stall")
    assert links.reason(server.url("cat.jpg")) == "the server answered 404"


def test_too_large_by_its_header(links: Links, server: HttpServer) -> None:
    server.otherwise = stalls(0)  # nothing of it is needed
    assert links.reason(server.url("big.jpg")) == "it has 201 kB; the limit is 200 kB"


@pytest.mark.parametrize("framing", ["none", "chunked"])
def test_too_large_without_saying_so(framing: str, links: Links, server: HttpServer) -> None:
    server.otherwise = Fault(framing="none" if framing == "none" else "chunked")
    assert links.reason(server.url("big.jpg")) == "it has more than 200 kB"


@pytest.mark.parametrize("after", [0, 600])
def test_silence_ends(after: int, qtbot: QtBot, server: HttpServer) -> None:
    server.otherwise = stalls(after)
    links = Links(qtbot, replace(LIMITS, stall=0.3))
    assert links.reason(server.url("cat.jpg")).startswith("nothing arrived for")


def test_slow_is_not_silent(qtbot: QtBot, server: HttpServer) -> None:
    server.otherwise = drips(len(CAT))  # about a second in fifty pieces
    links = Links(qtbot, replace(LIMITS, stall=0.5, least_speed=0))
    links.fetch(server.url("cat.jpg"))
    assert [picture.data for picture in links.pictures] == [CAT]


@pytest.mark.parametrize(
    "fault", [breaks_off(600), resets(600), breaks_off(10)], ids=["end", "reset", "early"]
)
def test_a_connection_that_breaks_off(fault: Fault, links: Links, server: HttpServer) -> None:
    server.otherwise = fault
    assert links.reason(server.url("cat.jpg")) == "the connection was interrupted"


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"<!doctype html><title>Sign in</title>" + b" " * 9000, "it is a web page, not a picture"),
        (b"<!-- hello --><html></html>", "it is a web page, not a picture"),
        (b'{"error": "no such picture"}', "it is a JSON document, not a picture"),
        (b"%PDF-1.7" + bytes(900), "it is a PDF document, not a picture"),
        (
            b"<svg xmlns='http://www.w3.org/2000/svg'/>",
            "it is an SVG drawing, not a picture",
        ),
        (b"just words", "it is not a picture of a supported kind"),
        (b"", "the server sent nothing"),
    ],
)
def test_something_else_than_a_picture(body: bytes, reason: str, links: Links, server: HttpServer) -> None:
    server.otherwise = instead(body)
    assert links.reason(server.url("cat.jpg")) == reason


def test_a_web_page_is_refused_by_its_first_bytes(links: Links, server: HttpServer) -> None:
    server.otherwise = replace(instead(b"<html>" + b" " * 100_000), after=1000, then="stall")
    assert links.reason(server.url("page")) == "it is a web page, not a picture"


@not_on_wine("Qt's socket never learns that a connection was refused")
def test_nobody_answers(links: Links) -> None:
    reason = links.reason(f"http://127.0.0.1:{unused_port()}/cat.jpg")
    assert reason == "the server refused the connection"


@pytest.mark.parametrize(
    "address", ["file:///etc/passwd", "ftp://127.0.0.1/cat.jpg", "cat.jpg", "", "http://"]
)
def test_only_http_and_https(address: str, links: Links) -> None:
    assert links.reason(address) == "the address begins neither with https:// nor with http://"


@pytest.mark.parametrize(
    "location", ["file:///etc/passwd", "ftp://127.0.0.1/cat.jpg", "data:image/png;base64,AA"]
)
def test_redirects_do_not_leave_http(location: str, links: Links, server: HttpServer) -> None:
    server.otherwise = redirect(location)
    assert links.reason(server.url("cat.jpg")) == "the address begins neither with https:// nor with http://"


def test_redirects_have_an_end(links: Links) -> None:
    faults = {f"/{number}": redirect(f"/{number + 1}") for number in range(30)}
    with Redirecting({**faults, "/29": redirect("/cat.jpg")}) as server:
        links.fetch(server.url("20"))
        assert [picture.name for picture in links.pictures] == ["cat.jpg"]
        links.pictures.clear()
        assert links.reason(server.url("0")) == "the server redirects in a circle"
        assert "/15" not in {request.path for request in server.requests}


@no_schannel
@pytest.mark.usefixtures("_trusted_certificate")
def test_https_works_and_is_never_left_for_http(qtbot: QtBot, server: HttpServer) -> None:
    with HttpServer(FILES, tls=True) as safe:
        links = Links(qtbot)
        links.fetch(safe.url("cat.jpg"))
        assert [picture.data for picture in links.pictures] == [CAT]
        safe.otherwise = redirect(server.url("cat.jpg"))
        links = Links(qtbot)
        assert links.reason(safe.url("cat.jpg")) == "the server redirects to an address without encryption"
    assert server.requests == []


@no_schannel
def test_an_untrusted_certificate_is_refused(links: Links) -> None:
    with HttpServer(FILES, tls=True) as safe:
        assert links.reason(safe.url("cat.jpg")).startswith("the server's certificate is not trusted here (")


def test_passwords_are_not_shown(links: Links, server: HttpServer) -> None:
    address = server.url("missing.jpg").replace("127.0.0.1", "me:secret@127.0.0.1")
    links.fetch(address)
    (failure,) = links.failures
    assert "secret" not in str(failure)
    assert "missing.jpg" in str(failure)
