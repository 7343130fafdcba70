"""Which machines may be reached: names are resolved here, and every address of theirs is checked, before connecting."""

from __future__ import annotations

import ipaddress
import queue
import re
import socket
import threading

from summariser.errors import FetchError

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

_NUMERIC = re.compile(r"(?:0x[0-9a-f]*|\d+)(?:\.(?:0x[0-9a-f]*|\d+)){0,3}\.?", re.IGNORECASE)
_NAT64 = (ipaddress.IPv6Network("64:ff9b::/96"), ipaddress.IPv6Network("64:ff9b:1::/48"))
_COMPATIBLE = ipaddress.IPv6Network("::/96")
_RESERVED = tuple(
    ipaddress.ip_network(network)
    # Shared (RFC 6598), protocol assignments, benchmarking, 6to4 relays, site-local, discard: whatever Python's own
    # table says of them in one version or another, no article is published there.
    for network in ("100.64.0.0/10", "192.0.0.0/24", "198.18.0.0/15", "192.88.99.0/24", "fec0::/10", "100::/64")
)


def is_public(address: Address) -> bool:
    """Whether an address is of the public internet; one that carries an IPv4 address counts as what it carries."""
    carried = _carried(address)
    if carried is not None:
        return is_public(carried)
    if any(address.version == network.version and address in network for network in _RESERVED):
        return False
    return address.is_global and not (address.is_multicast or address.is_unspecified or address.is_reserved)


def _carried(address: Address) -> ipaddress.IPv4Address | None:
    """The IPv4 address inside a mapped, compatible, 6to4, Teredo or NAT64 address."""
    if isinstance(address, ipaddress.IPv4Address):
        return None
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    if address.sixtofour is not None:
        return address.sixtofour
    if address.teredo is not None:
        return address.teredo[1]
    if any(address in network for network in _NAT64) or (address in _COMPATIBLE and int(address) > 1):
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return None


def checked(host: str, port: int, *, allow_private: bool, seconds: float) -> list[str]:
    """The addresses to connect to for a host name or a literal address, at most four, every one of them checked.

    Raises `FetchError` where the host has none, or where any address of it is not public (unless `allow_private`).
    """
    found = [literal] if (literal := _literal(host)) else _resolved(host, port, seconds)
    if not allow_private and not all(is_public(address) for address in found):
        raise FetchError(
            f"{host} is a private or local address, which is not fetched"
            if _literal(host)
            else f"{host} leads to a private or local address, which is not fetched"
        )
    return [str(address) for address in dict.fromkeys(found)][:4]


def _literal(host: str) -> Address | None:
    """The address that a host part spells out in full; other ways to write one as numbers are refused."""
    bare = host.strip("[]")
    try:
        return ipaddress.ip_address(bare)
    except ValueError:
        pass
    if _NUMERIC.fullmatch(bare):  # 2130706433, 0x7f.1, 0177.0.0.1: a resolver would read them as addresses
        raise FetchError(f"{bare[:60]} is no host name and no plain address")
    return None


def _resolved(host: str, port: int, seconds: float) -> list[Address]:
    """What the resolver says; it knows no time limit, so it is waited for no longer than `seconds`."""
    answer: queue.SimpleQueue[list[str] | OSError | UnicodeError] = queue.SimpleQueue()

    def ask() -> None:
        try:
            listed = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            answer.put([str(entry[4][0]).split("%")[0] for entry in listed])
        except (OSError, UnicodeError) as error:
            answer.put(error)

    threading.Thread(target=ask, daemon=True, name="summariser-resolver").start()
    try:
        result = answer.get(timeout=max(0.1, seconds))
    except queue.Empty:
        raise FetchError(f"{host}: the name could not be resolved in time") from None
    if isinstance(result, Exception) or not result:
        raise FetchError(f"{host}: no such host (or no network)")
    return [ipaddress.ip_address(entry) for entry in result]
