"""Fetches one public web page that a person names, and nothing of this machine or its network.

Invariant: the address that is asked is one that was looked up and found public a moment before, at each step: the
connection goes to that very number, so a name cannot mean another machine the second time it is looked up, and every
redirect is treated as a new address.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from dragoman.errors import InputError

#: Larger pages are books or films, and are to be added as files.
MOST_BYTES = 10_000_000
#: A report with its pictures; its text is a hundredth of it.
MOST_OF_PDF = 40_000_000
MOST_REDIRECTS = 5
SECONDS = 15.0
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
    for _ in range(MOST_REDIRECTS + 1):
        scheme, host, port, path = _parts(at)
        answer, connection = _ask(scheme, host, port, path, public_number(host, port), at)
        try:
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
            content = answer.read(most + 1)
            if len(content) > most:
                raise InputError(f"it has more than {most // 1_000_000} MB; save it and add the file", where=at)
            return Fetched(url=at, kind=kind, content=content)
        except (OSError, http.client.HTTPException) as error:
            raise InputError(f"it broke off: {error}", where=at) from error
        finally:
            connection.close()
    raise InputError(f"it sends on more than {MOST_REDIRECTS} times; give the last address", where=url)


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
    if isinstance(one, ipaddress.IPv6Address):
        wrapped = one.ipv4_mapped or one.sixtofour or (one.teredo[1] if one.teredo else None)
        if wrapped is not None:
            return is_public(str(wrapped))
        # 64:ff9b::/96 carries an IPv4 number in its last 32 bits.
        if one in ipaddress.ip_network("64:ff9b::/96"):
            return is_public(str(ipaddress.IPv4Address(int(one) & 0xFFFFFFFF)))
    return one.is_global and not one.is_multicast


class _Pinned(http.client.HTTPConnection):
    """A connection to a number, while the request names the machine."""

    def __init__(self, host: str, port: int, number: str, tls: ssl.SSLContext | None) -> None:
        super().__init__(host, port, timeout=SECONDS)
        self._number = number
        self._tls = tls

    def connect(self) -> None:
        self.sock = socket.create_connection((self._number, self.port), self.timeout)
        if self._tls is not None:
            self.sock = self._tls.wrap_socket(self.sock, server_hostname=self.host)


def _ask(
    scheme: str, host: str, port: int, path: str, number: str, url: str
) -> tuple[http.client.HTTPResponse, http.client.HTTPConnection]:
    connection = _Pinned(host, port, number, ssl.create_default_context() if scheme == "https" else None)
    try:
        headers = {
            "User-Agent": AGENT,
            "Accept": "text/html,text/plain;q=0.9,application/pdf;q=0.8",
            "Accept-Encoding": "identity",
        }
        connection.request("GET", path, headers=headers)
        return connection.getresponse(), connection
    except (OSError, http.client.HTTPException, ValueError) as error:
        connection.close()
        raise InputError(f"it cannot be reached: {error}", where=url) from error
