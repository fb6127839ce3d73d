"""Signed short links to the full-page widget of one conversation."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import struct
from datetime import datetime, timedelta

from service.channels.wechat.crypto import Refused
from service.platform.crypto import derive_key

LIFETIME = timedelta(hours=24)
_SIGNATURE = 12
_HEAD = struct.Struct("!16sI")


class Links:
    """Behind the # of the address: what stands there is sent to no server and stands in no log."""

    def __init__(self, base_url: str, secret_key: str) -> None:
        self._base_url = base_url
        self._key = derive_key(secret_key, "wechat link")

    def to(self, conversation_id: str, now: datetime) -> str:
        head = _HEAD.pack(bytes.fromhex(conversation_id), int((now + LIFETIME).timestamp()))
        code = base64.urlsafe_b64encode(head + self._sign(head)).decode().rstrip("=")
        return f"{self._base_url}/widget/#w={code}"

    def read(self, code: str, now: datetime) -> str:
        """The conversation, or Refused for what we did not sign or is over."""
        try:
            raw = base64.b64decode(code + "=" * (-len(code) % 4), altchars=b"-_", validate=True)
        except (binascii.Error, ValueError) as error:
            raise Refused("not a link") from error
        head, signature = raw[: _HEAD.size], raw[_HEAD.size :]
        if len(head) < _HEAD.size or not hmac.compare_digest(signature, self._sign(head)):
            raise Refused("not signed by us")
        conversation, expires = _HEAD.unpack(head)
        if expires <= now.timestamp():
            raise Refused("the link is over")
        return bytes(conversation).hex()

    def _sign(self, head: bytes) -> bytes:
        return hmac.new(self._key, head, hashlib.sha256).digest()[:_SIGNATURE]
