"""Pictures by the address that came along: from WeChat's hosts alone, by https, and never more than fits."""

from collections.abc import Callable, Iterator

import httpx
import pytest

from service.channels.wechat.api import MAX_MEDIA_BYTES, ApiError, Meaning
from service.channels.wechat.picture_hosts import PictureHosts, safe_address

PICTURE = "https://mmbiz.qpic.cn/mmbiz_jpg/abc/0?wx_fmt=jpeg"


@pytest.mark.parametrize(
    ("url", "address"),
    [
        (PICTURE, PICTURE),
        ("http://mmbiz.qpic.cn/mmbiz_jpg/abc/0", "https://mmbiz.qpic.cn/mmbiz_jpg/abc/0"),
        ("HTTP://MMBIZ.QPIC.CN/Abc", "https://mmbiz.qpic.cn/Abc"),
        ("https://a.b.qpic.cn/x", "https://a.b.qpic.cn/x"),
        ("https://wx.qlogo.cn/mmopen/abc/132#part", "https://wx.qlogo.cn/mmopen/abc/132"),
    ],
)
def test_wechats_picture_hosts_are_called_by_https(url: str, address: str) -> None:
    assert safe_address(url) == address


@pytest.mark.parametrize(
    "url",
    [
        "",
        "mmbiz.qpic.cn/x",
        "//mmbiz.qpic.cn/x",
        "ftp://mmbiz.qpic.cn/x",
        "file:///etc/passwd",
        "https://qpic.cn/x",  # nothing is there, and nothing of theirs is named so
        "https://.qpic.cn/x",
        "https://-.qpic.cn/x",
        "https://qpic.cn.evil.example/x",
        "https://mmbiz.qpic.cn.evil.example/x",
        "https://evilqpic.cn/x",
        "https://mmbiz.evilqpic.cn/x",
        "https://mmbiz-qpic.cn/x",
        "https://mmbiz.qpic.cn./x",
        "https://mmbiz.qpic.com/x",
        "https://user@mmbiz.qpic.cn/x",
        "https://mmbiz.qpic.cn@evil.example/x",
        "https://mmbiz.qpic.cn:pass@evil.example/x",
        "https://evil.example#@mmbiz.qpic.cn/x",
        "https://evil.example?@mmbiz.qpic.cn/x",
        "https://evil.example/https://mmbiz.qpic.cn/x",
        "https://evil.example\\@mmbiz.qpic.cn/x",
        "https://evil.example\\.qpic.cn/x",
        "https://evil.example%2f.qpic.cn/x",
        "https://evil.example%00.qpic.cn/x",
        "https://mmbiz.qpic.cn:443/x",
        "http://mmbiz.qpic.cn:80/x",
        "https://mmbiz.qpic.cn:8443/x",
        "https://mmbiz.qpic.cn:/x",
        "https://127.0.0.1/x.qpic.cn",
        "https://[::1]/x",
        "https://[::1].qpic.cn/x",
        "https://2130706433/x",
        "https://mmbiz.qpic.cn\n.evil.example/x",
        "https://mmbiz.q\tpic.cn/x",
        " https://mmbiz.qpic.cn/x",
        "https://mmbiz.qpic。cn/x",
        "https://mmbiz.ｑｐｉｃ.cn/x",
    ],
)
def test_nothing_else_is_called(url: str) -> None:
    called: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        called.append(request)
        return httpx.Response(200, content=b"x", headers={"content-type": "image/jpeg"})

    with pytest.raises(ApiError, match="not on WeChat's picture hosts"):
        hosts(answer).fetch(url)
    assert called == []


def test_a_picture_that_is_too_large_is_given_up_while_it_comes() -> None:
    given: list[int] = []

    def flood() -> Iterator[bytes]:
        while True:
            given.append(64 * 1024)
            yield b"x" * 64 * 1024

    def answer(_request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, content=flood(), headers={"content-type": "image/jpeg"})

    with pytest.raises(ApiError, match="too large"):
        hosts(answer).fetch(PICTURE)
    assert MAX_MEDIA_BYTES < sum(given) <= MAX_MEDIA_BYTES + 2 * 64 * 1024


@pytest.mark.parametrize(
    ("status", "headers", "says"),
    [
        (302, {"location": "https://mmbiz.qpic.cn/other", "content-type": "image/jpeg"}, "status 302"),
        (302, {"location": "http://169.254.169.254/latest"}, "status 302"),
        (404, {"content-type": "image/jpeg"}, "status 404"),
        (200, {"content-type": "text/html"}, "no picture"),
        (200, {}, "no picture"),
        (200, {"content-type": "image/jpeg", "content-encoding": "gzip"}, "too large"),
    ],
)
def test_only_a_picture_that_is_there_itself_is_taken(status: int, headers: dict[str, str], says: str) -> None:
    called: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        called.append(str(request.url))
        return httpx.Response(status, content=iter([b"x"]), headers=headers)

    with pytest.raises(ApiError, match=says) as refused:
        hosts(answer).fetch(PICTURE)
    assert refused.value.meaning is Meaning.REFUSED
    assert called == [PICTURE]


def test_a_host_that_is_away_is_told_from_a_refusal() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("no way there", request=request)

    with pytest.raises(ApiError) as refused:
        hosts(answer).fetch(PICTURE)
    assert refused.value.meaning is Meaning.BUSY


def hosts(answer: Callable[[httpx.Request], httpx.Response]) -> PictureHosts:
    return PictureHosts(timeout=5, transport=httpx.MockTransport(answer))
