"""The port between the core and the protocols: how one user is written to, whichever way they came."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from service.channels.wechat.api import MAX_MEDIA_BYTES, ApiError, Meaning, Media


class Line(Protocol):
    """One protocol. `reference` is the same whenever the same message is sent again, and of no other message."""

    @property
    def has_replies(self) -> bool:
        """Whether an answer may be the reply to the push, for which WeChat waits."""

    @property
    def repeats_safely(self) -> bool:
        """Whether a message that may have gone out can be sent again: it is then shown once."""

    @property
    def reaches_outside(self) -> bool:
        """Whether there is a way to somebody who has not written for 48 hours."""

    def serves(self, openid: str) -> bool: ...

    def send_text(self, openid: str, text: str, *, reference: str) -> None: ...

    def send_outside(self, openid: str, text: str, *, reference: str) -> None: ...

    def media(self, media_id: str, *, limit: int = MAX_MEDIA_BYTES) -> Media: ...


class Lines:
    def __init__(self, lines: Sequence[Line]) -> None:
        self._lines = tuple(lines)

    def of(self, openid: str) -> Line:
        """Never fails: a user may have come by a line that has been switched off since."""
        return next((line for line in self._lines if line.serves(openid)), _OFF)


class _Off:
    """Whoever came this way is not written to; what is for them waits."""

    has_replies = repeats_safely = reaches_outside = False

    def serves(self, openid: str) -> bool:
        return True

    def send_text(self, openid: str, text: str, *, reference: str) -> None:
        raise self._refusal()

    def send_outside(self, openid: str, text: str, *, reference: str) -> None:
        raise self._refusal()

    def media(self, media_id: str, *, limit: int = MAX_MEDIA_BYTES) -> Media:
        raise self._refusal()

    @staticmethod
    def _refusal() -> ApiError:
        return ApiError(Meaning.NO_RIGHT, None, "this way to WeChat is switched off")


_OFF = _Off()
