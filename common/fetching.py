"""Asking other servers on the internet, so that nobody can turn the portal against what stands beside it.

An address that a person typed is fetched only when every IP address its name has is a public one; the connection then
goes to the very address that was looked at, with the name kept for Host and TLS, so that a second answer of the name
server changes nothing (DNS rebinding). Each redirect is looked at anew. No proxy, cookie or credential takes part.
"""

import socket
import ssl
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from threading import Timer
from time import monotonic
from urllib.parse import SplitResult, urljoin, urlsplit

Address = IPv4Address | IPv6Address
PORTS = {"http": 80, "https": 443}
REDIRECTS = (301, 302, 303, 307, 308)
AGENT = "OAS-Cyber/1 (+https://www.oas.org/)"

# Global by the registries, yet they lead to another address that is written inside them, or to nobody.
DETOURS = [
    ip_network(written)
    for written in (
        *("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32", "::/96", "100::/64"),
        *("fec0::/10", "3fff::/20", "5f00::/16", "192.0.0.0/24", "192.88.99.0/24"),
    )
]
INNER_NAMES = ("localhost", "local", "internal", "intranet", "lan", "home", "corp", "private", "home.arpa", "onion")


class NotAllowed(Exception):
    """The address is not one the portal would ever ask: no connection was opened to it."""


class Unreachable(Exception):
    """No answer: the name is not known, nobody listens, it took too long, or what came is no HTTP."""


@dataclass(frozen=True)
class Reply:
    """`body` holds its beginning at most; `url` is where the redirects ended."""

    status: int
    url: str
    body: bytes = b""


def is_public(address: Address) -> bool:
    """Reachable by everybody, and by no other way than itself."""
    if isinstance(address, IPv6Address) and address.ipv4_mapped:
        return is_public(address.ipv4_mapped)
    if any(address.version == network.version and address in network for network in DETOURS):
        return False
    return address.is_global and not address.is_multicast and not address.is_reserved


def resolve(host: str, port: int) -> list[Address]:
    """All addresses of a name, as the system knows them."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise Unreachable(f"The name {host} is not known.") from error
    return list(dict.fromkeys(ip_address(str(where[4][0]).partition("%")[0]) for where in found))


@dataclass(frozen=True)
class Fetcher:
    """`seconds` and `most_bytes` hold for one request with its redirects. Tests bring their own name server."""

    seconds: float = 10
    most_bytes: int = 4096
    redirects: int = 5
    resolve: Callable[[str, int], list[Address]] = resolve
    is_allowed: Callable[[Address], bool] = is_public
    ports: tuple[int, ...] = tuple(PORTS.values())
    headers: Mapping[str, str] = field(default_factory=dict)

    def ask(self, method: str, url: str, body: bytes | None = None) -> Reply:
        """Raises NotAllowed or Unreachable. A request with a body follows no redirect."""
        until = monotonic() + self.seconds
        for _hop in range(1 + (0 if body else self.redirects)):
            reply, onward = self._once(method, url, body, until)
            if not onward or body:
                return reply
            url = onward
        raise Unreachable("The address leads on and on.")

    def check(self, url: str) -> None:
        """Raises NotAllowed for what would never be asked, whatever its name leads to; asks no name server."""
        _parts, host, _port = self._taken_apart(url)
        literal = _literal(host)
        if literal and not self.is_allowed(literal):
            raise NotAllowed("This address is not public.")

    def _once(self, method: str, url: str, body: bytes | None, until: float) -> tuple[Reply, str]:
        parts, host, port = self._taken_apart(url)
        address = self._address(host, port)
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        headers = {"User-Agent": AGENT, "Accept": "*/*", "Accept-Encoding": "identity", "Connection": "close"}
        try:
            with _connected(parts.scheme, host, port, address, until) as connection:
                connection.request(method, path, body, {**headers, **self.headers})
                response = connection.getresponse()
                content = response.read(self.most_bytes) if method != "HEAD" else b""
                if monotonic() >= until:  # the connection was cut, which reads like an end
                    raise TimeoutError("It took too long.")
        except (OSError, HTTPException, ValueError) as error:
            raise Unreachable(str(error) or type(error).__name__) from error
        onward = response.headers.get("Location", "") if response.status in REDIRECTS else ""
        return Reply(response.status, url, content), urljoin(url, onward) if onward else ""

    def _taken_apart(self, url: str) -> tuple[SplitResult, str, int]:
        if not url.isascii() or not url.isprintable() or set(url) & set(' \\"<>^`{|}'):
            url = _spelled_out(url)
        try:
            parts = urlsplit(url)
            port = parts.port or PORTS.get(parts.scheme, 0)
        except ValueError as error:
            raise NotAllowed("This is no address of a page.") from error
        if parts.scheme not in PORTS or "@" in parts.netloc or not parts.hostname:
            raise NotAllowed("Only http and https addresses without a user name are asked.")
        if port not in self.ports:
            raise NotAllowed("Only the usual ports of the web are asked.")
        return parts, host_of(parts.hostname), port

    def _address(self, host: str, port: int) -> Address:
        """Looked up once; one address that is not allowed is enough to refuse the name."""
        literal = _literal(host)
        addresses = [literal] if literal else self.resolve(host, port)
        if not addresses:
            raise Unreachable(f"The name {host} has no address.")
        if not all(map(self.is_allowed, addresses)):
            raise NotAllowed("This name leads to an address that is not public.")
        return addresses[0]


def host_of(given: str) -> str:
    """A full name of the public internet, or an IP address in its one plain form; raises NotAllowed."""
    host = given.lower().rstrip(".")
    if _literal(host):
        return host
    last = host.rpartition(".")[2]
    if not host.replace("-", "").replace(".", "").replace("_", "").isalnum() or not host.isascii():
        raise NotAllowed("This is no name of a server.")
    # 2130706433, 0x7f.1, 0177.0.0.1 and 127.1 are addresses to the system, though not to the eye
    if last.isdigit() or last.startswith("0x"):
        raise NotAllowed("Write the IP address as four numbers.")
    if "." not in host or any(host == name or host.endswith(f".{name}") for name in INNER_NAMES):
        raise NotAllowed("This name belongs to an inner network.")
    return host


def _spelled_out(url: str) -> str:
    """Letters beyond ASCII as browsers send them; what has no place in an address is refused."""
    if not url.isprintable() or set(url) & set(' \\"<>^`{|}'):
        raise NotAllowed("This is no address of a page.")
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").encode("idna").decode()
    except (ValueError, UnicodeError) as error:
        raise NotAllowed("This is no address of a page.") from error
    netloc = parts.netloc.replace(parts.netloc.rpartition("@")[2].partition(":")[0], host)
    path, query = (part.encode().decode("latin-1") for part in (parts.path, parts.query))
    quoted = ["".join(c if c.isascii() else f"%{ord(c):02X}" for c in part) for part in (path, query)]
    return parts._replace(netloc=netloc, path=quoted[0], query=quoted[1], fragment="").geturl()


def _literal(host: str) -> Address | None:
    try:
        return ip_address(host)
    except ValueError:
        return None


@contextmanager
def _connected(scheme: str, host: str, port: int, address: Address, until: float) -> Iterator[HTTPConnection]:
    """To `address` and nowhere else. A server that answers drop by drop is cut off when the time is over."""
    left = until - monotonic()
    if left <= 0:
        raise Unreachable("It took too long.")
    held = [socket.create_connection((str(address), port), timeout=left)]
    over = Timer(max(until - monotonic(), 0), _cut, [held])
    over.daemon = True
    over.start()
    try:
        if scheme == "https":
            tls = ssl.create_default_context()
            held[0] = tls.wrap_socket(held[0], server_hostname=host, do_handshake_on_connect=False)
            held[0].do_handshake()  # type: ignore[attr-defined]
        connection = HTTPConnection(f"[{host}]" if ":" in host else host, port)
        connection.sock = held[0]
        yield connection
    finally:
        over.cancel()
        held[0].close()


def _cut(held: list[socket.socket]) -> None:
    """Wakes whoever waits for this server."""
    with suppress(OSError):
        held[0].shutdown(socket.SHUT_RDWR)
