"""Pictures by the address that came along, for when the API does not give them: from WeChat's picture hosts alone."""

from __future__ import annotations

import re
from urllib.parse import urlsplit, urlunsplit

import httpx

from service.channels.wechat.api import MAX_MEDIA_BYTES, ApiError, Meaning, failures_told
from service.channels.wechat.downloads import AS_IT_IS, TooMuch, read_limited

_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?:qpic|qlogo)\.cn")
"""Names below theirs, and nothing beside the name: no user, no port, no number of an address."""
_VISIBLE = re.compile(r"[!-\[\]-~]+")
"""Without a backslash too, in which parsers see different things."""
_CONNECT_SECONDS = 3.0
_SECONDS = 10.0


def safe_address(url: str) -> str | None:
    """The https address of a picture on these hosts; None for everything else."""
    if not _VISIBLE.fullmatch(url):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    host = parts.netloc.lower()
    if parts.scheme not in ("http", "https") or not _HOST.fullmatch(host):
        return None
    return urlunsplit(("https", host, parts.path, parts.query, ""))


class PictureHosts:
    def __init__(self, *, timeout: float, transport: httpx.BaseTransport | None = None) -> None:
        self._http = httpx.Client(
            timeout=httpx.Timeout(timeout, connect=_CONNECT_SECONDS),
            headers=AS_IT_IS,
            transport=transport,
            follow_redirects=False,
        )

    def fetch(self, url: str) -> bytes:
        address = safe_address(url)
        if address is None:
            raise ApiError(Meaning.REFUSED, None, "PicUrl: not on WeChat's picture hosts")
        try:
            with failures_told("PicUrl"), self._http.stream("GET", address) as response:
                if not _is_picture(response):
                    raise ApiError(Meaning.REFUSED, None, f"PicUrl: no picture, status {response.status_code}")
                return read_limited(response, limit=MAX_MEDIA_BYTES, seconds=_SECONDS)
        except TooMuch:
            raise ApiError(Meaning.REFUSED, None, "PicUrl: the picture is too large") from None


def _is_picture(response: httpx.Response) -> bool:
    content_type = response.headers.get("content-type", "").lower()
    return response.status_code == httpx.codes.OK and content_type.startswith("image/")
