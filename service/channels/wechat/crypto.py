"""WeChat's envelope: signatures over sorted parts, and AES-256-CBC with the length and the AppID inside."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import os
import struct
from collections.abc import Sequence
from dataclasses import dataclass

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

BLOCK = 32
_RANDOM = 16
_HEAD = _RANDOM + 4


class Refused(Exception):
    """What came is not from WeChat, or not whole; the reason is for the log, never for who sent it."""


@dataclass(frozen=True, repr=False)
class KeyPair:
    token: str
    aes_key: str = ""


@dataclass(frozen=True)
class Sealed:
    """An encrypted answer with what signs it."""

    encrypt: str
    signature: str
    timestamp: str
    nonce: str


def sign(*parts: str) -> str:
    return hashlib.sha1("".join(sorted(parts)).encode(), usedforsecurity=False).hexdigest()


def read_key(encoding_aes_key: str) -> bytes:
    """43 characters of base64 without their padding: 32 bytes."""
    try:
        key = base64.b64decode(encoding_aes_key + "=")
    except binascii.Error as error:
        raise Refused("the AES key is not base64") from error
    if len(key) != BLOCK:
        raise Refused("the AES key has not 32 bytes")
    return key


class Crypto:
    """Believes every pair that is given, and answers with the first: while a key is changed, there are two."""

    def __init__(self, app_id: str, pairs: Sequence[KeyPair]) -> None:
        self._app_id = app_id
        self._pairs = tuple(pairs)

    def check_url(self, signature: str, timestamp: str, nonce: str) -> None:
        """Of the GET check, and of messages in plain mode, where it does not cover the body."""
        for pair in self._pairs:
            if _same(signature, sign(pair.token, timestamp, nonce)):
                return
        raise Refused("wrong signature")

    def open(self, encrypt: str, signature: str, timestamp: str, nonce: str) -> bytes:
        for pair in self._pairs:
            if _same(signature, sign(pair.token, timestamp, nonce, encrypt)):
                return decrypt(encrypt, read_key(pair.aes_key), self._app_id)
        raise Refused("wrong msg_signature")

    def seal(self, content: bytes, timestamp: str, nonce: str, *, random: bytes | None = None) -> Sealed:
        pair = self._pairs[0]
        cipher_text = encrypt(content, read_key(pair.aes_key), self._app_id, random=random or os.urandom(_RANDOM))
        return Sealed(cipher_text, sign(pair.token, timestamp, nonce, cipher_text), timestamp, nonce)


def encrypt(content: bytes, key: bytes, app_id: str, *, random: bytes) -> str:
    full = random + struct.pack("!I", len(content)) + content + app_id.encode()
    pad = BLOCK - len(full) % BLOCK
    encryptor = Cipher(algorithms.AES(key), modes.CBC(key[:16])).encryptor()
    return base64.b64encode(encryptor.update(full + bytes([pad]) * pad) + encryptor.finalize()).decode()


def decrypt(encrypted: str, key: bytes, app_id: str) -> bytes:
    """The content, after padding, length and AppID have been checked byte by byte."""
    full = _unpad(_decrypted(encrypted, key))
    if len(full) < _HEAD:
        raise Refused("shorter than its head")
    length = struct.unpack("!I", full[_RANDOM:_HEAD])[0]
    content, receiver = full[_HEAD : _HEAD + length], full[_HEAD + length :]
    if length > len(full) - _HEAD:
        raise Refused("says that it is longer than it is")
    if not hmac.compare_digest(receiver, app_id.encode()):
        raise Refused("for another AppID")
    return content


def _decrypted(encrypted: str, key: bytes) -> bytes:
    try:
        raw = base64.b64decode(encrypted, validate=True)
    except (binascii.Error, ValueError) as error:
        raise Refused("not base64") from error
    if not raw or len(raw) % 16:
        raise Refused("not whole blocks")
    decryptor = Cipher(algorithms.AES(key), modes.CBC(key[:16])).decryptor()
    return decryptor.update(raw) + decryptor.finalize()


def _unpad(padded: bytes) -> bytes:
    pad = padded[-1]
    if not 1 <= pad <= BLOCK or len(padded) < pad or padded[-pad:] != bytes([pad]) * pad:
        raise Refused("wrong padding")
    return padded[:-pad]


def _same(given: str, right: str) -> bool:
    return hmac.compare_digest(given.encode(), right.encode())
