"""Fetches one public web page that a person names, and nothing of this machine or its network.

Invariant: the address that is asked is one that was looked up and found public a moment before, at each step: the
connection goes to that very number, so a name cannot mean another machine the second time it is looked up, and every
redirect is treated as a new address. Whatever the other side does, it is over after `SECONDS_IN_ALL`.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import threading
import time
import zlib
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from dragoman.errors import InputError

#: Larger pages are books or films, and are to be added as files.
MOST_BYTES = 10_000_000
#: A report with its pictures; its text is a hundredth of it.
MOST_OF_PDF = 40_000_000
MOST_REDIRECTS = 5
#: For one step (a connection, some bytes), and for everything.
SECONDS, SECONDS_IN_ALL = 15.0, 60.0
#: What can be read; the rest (pictures, films, programs) is refused before it is fetched.
KINDS = ("text/", "application/xhtml", "application/xml", "application/json", "application/x-ndjson", "application/pdf")
PORTS = {"http": 80, "https": 443}
AGENT = "Dragoman/0.1 (reads one page for the person who named it)"


@dataclass(frozen=True, kw_only=True)
class Fetched:
    """A page: where it was found in the end, its kind, its bytes."""

    url: str
    kind: str
    content: bytes


def fetch(url: str) -> Fetched:
    """The page at an address; raises InputError with the reason where it may not or cannot be fetched."""
    at = url.strip()
    deadline = time.monotonic() + SECONDS_IN_ALL
    for _ in range(MOST_REDIRECTS + 1):
        scheme, host, port, path = _parts(at)
        number = public_number(host, port)
        if (left := deadline - time.monotonic()) <= 0:
            break
        tls = ssl.create_default_context() if scheme == "https" else None
        connection = _Pinned(host, port, number, tls)
        # A step may take its time, and drip a byte in each; all steps together may not.
        clock = threading.Timer(left, connection.cut)
        clock.daemon = True
        clock.start()
        try:
            answer = _ask(connection, path)
            if answer.status in (301, 302, 303, 307, 308) and (there := answer.getheader("location")):
                at = urljoin(at, there)
                continue
            if answer.status != 200:
                raise InputError(
                    f"it answered {answer.status} {answer.reason}; see whether a browser shows it", where=at
                )
            kind = (answer.getheader("content-type") or "text/html").partition(";")[0].strip().lower()
            if not kind.startswith(KINDS):
                raise InputError(f"it is {kind}, no text; give the address of a page", where=at)
            most = MOST_OF_PDF if kind == "application/pdf" else MOST_BYTES
            sent = answer.read(most + 1)
            if connection.is_cut:
                raise TimeoutError
            content = _plain(sent, answer.getheader("content-encoding") or "", most, at)
            if len(content) > most:
                raise InputError(f"it has more than {most // 1_000_000} MB; save it and add the file", where=at)
            return Fetched(url=at, kind=kind, content=content)
        except (OSError, http.client.HTTPException, ValueError) as error:
            late = f"it took more than {SECONDS_IN_ALL:.0f} seconds; save the page and add the file"
            raise InputError(late if connection.is_cut else f"it cannot be read: {error}", where=at) from error
        finally:
            clock.cancel()
            connection.close()
    if time.monotonic() > deadline:
        raise InputError(f"it took more than {SECONDS_IN_ALL:.0f} seconds; save the page and add the file", where=url)
    raise InputError(f"it sends on more than {MOST_REDIRECTS} times; give the last address", where=url)


def _plain(content: bytes, encoding: str, most: int, url: str) -> bytes:
    """What was sent, unpacked where it was packed although nobody asked for that; one byte over `most` at most."""
    kind = encoding.strip().lower()
    if kind in ("", "identity"):
        return content
    if kind not in ("gzip", "x-gzip", "deflate"):
        raise InputError(f"it is packed as {kind}, which was not asked for; save the page and add the file", where=url)
    try:
        return zlib.decompressobj(wbits=47).decompress(content, most + 1)
    except zlib.error as error:
        raise InputError(f"it is packed, and cannot be unpacked ({error})", where=url) from error


def _parts(url: str) -> tuple[str, str, int, str]:
    try:
        found = urlsplit(url)
        port = found.port or PORTS.get(found.scheme, 0)
    except ValueError as error:
        raise InputError(f"no address: {error}", where=url) from error
    if found.scheme not in PORTS:
        raise InputError("only http and https are fetched", where=url)
    if not found.hostname or found.username or found.password:
        raise InputError("give an address with a name and without a password in it", where=url)
    if port not in PORTS.values():
        raise InputError(f"port {port} is not asked; pages are at 80 and 443", where=url)
    path = (found.path or "/") + (f"?{found.query}" if found.query else "")
    if any(ord(sign) < 33 or ord(sign) > 126 for sign in path):
        from urllib.parse import quote  # noqa: PLC0415

        path = quote(path, safe="/?&=%:+,;@!$'()*~-._#[]")
    try:
        host = found.hostname.encode("idna").decode()
    except UnicodeError as error:
        raise InputError(f"no name of a machine: {found.hostname}", where=url) from error
    return found.scheme, host, port, path


def public_number(host: str, port: int) -> str:
    """The number of a machine with that name, all of whose numbers are public; raises InputError for any other."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError as error:
        raise InputError(f"no machine of that name is known ({error})", where=host) from error
    numbers = list(dict.fromkeys(str(one[4][0]) for one in found))
    for number in numbers:
        if not is_public(number):
            raise InputError(
                "it is an address of this machine or of a private network, which is never fetched", where=host
            )
    if not numbers:
        raise InputError("no machine of that name is known", where=host)
    return numbers[0]


def is_public(number: str) -> bool:
    """Whether an IP number is one of the open internet, also when it wraps another one."""
    try:
        one = ipaddress.ip_address(number.partition("%")[0])
    except ValueError:
        return False
    if isinstance(one, ipaddress.IPv4Address):
        return one.is_global and not one.is_multicast and one not in _PROTOCOLS
    if isinstance(one, ipaddress.IPv6Address):
        wrapped = one.ipv4_mapped or one.sixtofour or (one.teredo[1] if one.teredo else None)
        if wrapped is not None:
            return is_public(str(wrapped))
        # 64:ff9b::/96 carries an IPv4 number in its last 32 bits.
        if one in ipaddress.ip_network("64:ff9b::/96"):
            return is_public(str(ipaddress.IPv4Address(int(one) & 0xFFFFFFFF)))
    # Everything else that is given to machines of the open internet begins so; the rest (IPv4 in other wrappings,
    # site-local, local translations) is none of them, whatever a version of Python knows of it.
    return one in _GIVEN and one.is_global and not one.is_multicast


_GIVEN = ipaddress.ip_network("2000::/3")
_PROTOCOLS = ipaddress.ip_network("192.0.0.0/24")


class _Pinned(http.client.HTTPConnection):
    """A connection to a number, while the request names the machine."""

    def __init__(self, host: str, port: int, number: str, tls: ssl.SSLContext | None) -> None:
        super().__init__(host, port, timeout=SECONDS)
        self._number = number
        self._tls = tls
        self.is_cut = False
        # Once an answer has begun it owns the socket, and `sock` is none.
        self._wire: socket.socket | None = None

    def cut(self) -> None:
        """Ends it from another thread, whatever it waits for."""
        self.is_cut = True
        if self._wire is not None:
            with suppress(OSError):
                self._wire.shutdown(socket.SHUT_RDWR)

    def connect(self) -> None:
        self.sock = self._wire = socket.create_connection((self._number, self.port), self.timeout)
        if self._tls is not None:
            self.sock = self._wire = self._tls.wrap_socket(self.sock, server_hostname=self.host)


def _ask(connection: _Pinned, path: str) -> http.client.HTTPResponse:
    headers = {
        "User-Agent": AGENT,
        "Accept": "text/html,text/plain;q=0.9,application/pdf;q=0.8",
        "Accept-Encoding": "identity",
    }
    connection.request("GET", path, headers=headers)
    return connection.getresponse()
