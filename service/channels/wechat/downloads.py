"""Answers of others, read while they come: no more than was asked for, and for no longer than somebody waits."""

from __future__ import annotations

import time

import httpx

AS_IT_IS = {"Accept-Encoding": "identity"}
"""Asks for no compression, so that what comes is as large as what it becomes."""


class TooMuch(Exception):
    """More than the limit, or compressed although that was not asked for."""


def read_limited(response: httpx.Response, *, limit: int, seconds: float) -> bytes:
    """The body of a streamed answer; time-outs of single reads do not end one that comes drop by drop, this does."""
    ends_at = time.monotonic() + seconds
    if response.headers.get("content-encoding", "identity").lower() != "identity":
        raise TooMuch
    content = bytearray()
    for chunk in response.iter_bytes():
        content += chunk
        if len(content) > limit:
            raise TooMuch
        if time.monotonic() > ends_at:
            raise httpx.ReadTimeout("it comes too slowly", request=response.request)
    return bytes(content)
