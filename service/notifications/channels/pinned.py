"""Connections to the one address that was checked, with an end to all waiting."""

from __future__ import annotations

import ipaddress
import ssl
import time
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import httpcore

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address
IPNetwork = ipaddress.IPv4Network | ipaddress.IPv6Network
_CARRIES_IPV4 = (ipaddress.ip_network("64:ff9b::/96"), ipaddress.ip_network("2002::/16"))


class AddressRefused(Exception):
    """This host may not be called."""


def checked_address(found: Iterable[str], allowed: Sequence[IPNetwork]) -> str:
    """The address to connect to. One private address among those of a host is enough to refuse it."""
    addresses = [ipaddress.ip_address(text.partition("%")[0]) for text in found]
    if not addresses or not all(may_be_called(address, allowed) for address in addresses):
        raise AddressRefused
    return str(addresses[0])


def may_be_called(address: IPAddress, allowed: Sequence[IPNetwork]) -> bool:
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    if mapped is not None:
        return may_be_called(mapped, allowed)
    if any(address in network for network in allowed):
        return True
    return address.is_global and not address.is_multicast and not any(address in net for net in _CARRIES_IPV4)


class PinnedBackend(httpcore.NetworkBackend):
    """Connects to `address` whatever the name says by now, and lets nothing take longer than until `ends_at`."""

    def __init__(self, address: str, ends_at: float) -> None:
        self._address = address
        self._ends_at = ends_at
        self._backend = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        left = _left(self._ends_at, httpcore.ConnectTimeout)
        stream = self._backend.connect_tcp(self._address, port, left, local_address, socket_options)
        return _HurriedStream(stream, self._ends_at)


class _HurriedStream(httpcore.NetworkStream):
    """Time-outs of single reads do not end an answer that comes drop by drop; this does."""

    def __init__(self, stream: httpcore.NetworkStream, ends_at: float) -> None:
        self._stream = stream
        self._ends_at = ends_at

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, _left(self._ends_at, httpcore.ReadTimeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, _left(self._ends_at, httpcore.WriteTimeout))

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        left = _left(self._ends_at, httpcore.ConnectTimeout)
        return _HurriedStream(self._stream.start_tls(ssl_context, server_hostname, left), self._ends_at)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)

    def close(self) -> None:
        self._stream.close()


def _left(ends_at: float, too_late: Callable[[], httpcore.TimeoutException]) -> float:
    left = ends_at - time.monotonic()
    if left <= 0:
        raise too_late()
    return left
