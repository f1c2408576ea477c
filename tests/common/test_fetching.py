"""The portal asks public servers and no others, whatever an address looks like."""

import socket
import ssl
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from time import monotonic, sleep

import pytest

from common import fetching
from common.fetching import Fetcher, NotAllowed, Unreachable, is_public

INWARD = """
http://127.0.0.1/
http://127.1/
http://127.000.000.001/
http://2130706433/
http://017700000001/
http://0x7f000001/
http://0x7f.1/
http://0177.0.0.1/
http://0/
http://0.0.0.0/
http://localhost/
http://LOCALHOST./
http://app.localhost/
http://db/
http://printer.local/
http://vault.internal/
http://10.0.0.1/
http://172.16.3.4/
http://192.168.1.1/
http://100.64.0.1/
http://169.254.169.254/latest/meta-data/
http://192.0.0.8/
http://198.18.0.1/
http://224.0.0.1/
http://255.255.255.255/
http://[::1]/
http://[::]/
http://[::ffff:127.0.0.1]/
http://[::ffff:a9fe:a9fe]/
http://[::127.0.0.1]/
http://[64:ff9b::7f00:1]/
http://[2002:7f00:1::]/
http://[2001:0:7f00:1::]/
http://[fc00::1]/
http://[fe80::1]/
http://[fe80::1%25eth0]/
http://[fec0::1]/
http://[ff0e::1]/
http://user@127.0.0.1/
http://www.example.org@127.0.0.1/
http://www.example.org:80@127.0.0.1/
http://127.0.0.1:80#@www.example.org/
http://127.0.0.1\\@www.example.org/
http://①②⑦.⓪.⓪.①/
http://127。0。0。1/
http://www.example.org:22/
http://www.example.org:6379/
http://www.example.org:99999/
http://www.example.org\r\nX-Injected:1/
http://www.example.org/\r\nX:1
http:///etc/passwd
http://
//www.example.org/
ftp://www.example.org/
file:///etc/passwd
gopher://127.0.0.1:6379/_INFO
javascript:alert(1)
data:text/plain,hello
http://[::1/
http://a_name_that_leads_inward.example.org/
""".strip().split("\n")


@pytest.fixture
def no_way_out(monkeypatch):
    def opened(*where, **how):
        raise AssertionError(f"a connection was opened to {where}")

    monkeypatch.setattr(socket, "create_connection", opened)
    monkeypatch.setattr(socket.socket, "connect", opened)


@pytest.mark.parametrize("url", INWARD)
def test_no_connection_is_opened_inwards(url, no_way_out):
    inward = Fetcher(resolve=lambda host, port: [ip_address("1.1.1.1"), ip_address("127.0.0.1")])

    with pytest.raises(NotAllowed):
        inward.ask("GET", url.encode().decode("unicode_escape") if "\\r" in url else url)


@pytest.mark.parametrize(
    ("address", "public"),
    [("1.1.1.1", True), ("2606:4700::1111", True), ("::ffff:1.1.1.1", True), ("::ffff:10.0.0.1", False)],
)
def test_an_address_is_judged_by_what_it_leads_to(address, public):
    assert is_public(ip_address(address)) is public


# A server of this test, which only the test's own name server knows


class Pages(BaseHTTPRequestHandler):
    def do_GET(self):
        self.server.asked.append((self.command, self.path, self.headers["Host"]))
        if self.path.startswith("/to/"):
            self.send_response(302)
            self.send_header("Location", self.path.removeprefix("/to/"))
            return self.end_headers()
        if self.path == "/drops":
            self.wfile.write(b"HTTP/1.1 200 OK\r\n")
            for _ in range(300):
                self.wfile.write(b"X: y\r\n")
                sleep(0.1)
            return None
        if self.path == "/nonsense":
            return self.wfile.write(b"hello\r\n\r\n")
        body = b"x" * 100_000 if self.path == "/long" else b"hello"
        self.send_response(404 if self.path == "/gone" else 200)
        self.end_headers()
        return None if self.command == "HEAD" else self.wfile.write(body)

    do_HEAD = do_POST = do_GET

    def log_message(self, *said):
        pass


@contextmanager
def serving():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    server.handle_error = lambda *_: None  # of those that were cut off
    server.asked = []
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture
def server():
    with serving() as server:
        yield server


def fetcher(server, **more):
    """Where only the address of this test is public."""
    own = ip_address("127.0.0.1")
    given = {
        "resolve": lambda host, port: [own] if host == "www.example.org" else [ip_address("127.0.0.2")],
        "is_allowed": lambda address: address == own,
        "ports": (server.server_port,),
        "seconds": 2,
    }
    return Fetcher(**given | more)


def at(server, path="/", host="www.example.org"):
    return f"http://{host}:{server.server_port}{path}"


def test_the_name_goes_along_to_the_address_that_was_looked_at(server):
    reply = fetcher(server).ask("GET", at(server, "/page?a=b"))

    assert (reply.status, reply.body) == (200, b"hello")
    assert server.asked == [("GET", "/page?a=b", f"www.example.org:{server.server_port}")]


def test_a_name_is_looked_up_once(server):
    """A name server that answers otherwise the second time changes nothing."""
    answers = [[ip_address("127.0.0.1")], [ip_address("127.0.0.2")]]

    assert fetcher(server, resolve=lambda *_: answers.pop(0)).ask("HEAD", at(server)).status == 200
    assert len(answers) == 1


def test_a_redirect_is_looked_at_anew(server):
    with pytest.raises(NotAllowed):
        fetcher(server).ask("GET", at(server, f"/to/{at(server, host='inner.example.net')}"))

    assert len(server.asked) == 1


def test_redirects_are_followed_and_end(server):
    reply = fetcher(server).ask("GET", at(server, "/to//page"))
    with pytest.raises(Unreachable):
        fetcher(server, redirects=0).ask("GET", at(server, "/to//page"))

    assert (reply.status, reply.url) == (200, at(server, "/page"))


def test_a_body_goes_to_the_first_address_only(server):
    assert fetcher(server).ask("POST", at(server, "/to//page"), b"{}").status == 302
    assert len(server.asked) == 1


def test_no_more_than_the_beginning_is_read(server):
    assert len(fetcher(server).ask("GET", at(server, "/long")).body) == 4096


@pytest.mark.parametrize("path", ["/drops", "/nonsense"])
def test_a_server_that_does_not_answer_costs_its_time_and_no_more(server, path):
    began = monotonic()

    with pytest.raises(Unreachable):
        fetcher(server, seconds=0.5).ask("GET", at(server, path))

    assert monotonic() - began < 15


def test_nobody_listening_is_unreachable(server):
    closed = socket.socket()
    closed.bind(("127.0.0.1", 0))
    port = closed.getsockname()[1]

    with pytest.raises(Unreachable):
        fetcher(server, ports=(port,)).ask("GET", f"http://www.example.org:{port}/")
    closed.close()


def test_a_certificate_must_be_of_the_name(server, monkeypatch):
    """What answers in plain words is no TLS; and the check of names is on."""
    with pytest.raises(Unreachable):
        fetcher(server).ask("GET", at(server).replace("http:", "https:"))

    assert ssl.create_default_context().check_hostname
    assert fetching.PORTS == {"http": 80, "https": 443}


def test_letters_beyond_ascii_are_sent_as_browsers_do(server):
    fetcher(server).ask("GET", at(server, "/página?q=ñ"))

    assert server.asked[0][1] == "/p%C3%A1gina?q=%C3%B1"
