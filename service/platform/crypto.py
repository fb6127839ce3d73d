"""Encryption of single values (AES-GCM with key ids), and blind indexes to find equal ones without reading them."""

import base64
import hashlib
import hmac
import os
from collections.abc import Mapping

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_NONCE_BYTES = 12


class Undecryptable(Exception):
    """The value was changed, belongs somewhere else, or its key is not among ours."""


class Cipher:
    """Encrypts with the current key, decrypts with any; `context` ties a value to the place where it stands."""

    def __init__(self, keys: Mapping[str, bytes]) -> None:
        self._keys = {key_id: AESGCM(key) for key_id, key in keys.items()}
        self._current = next(iter(keys))

    def encrypt(self, value: str, *, context: str) -> str:
        nonce = os.urandom(_NONCE_BYTES)
        sealed = self._keys[self._current].encrypt(nonce, value.encode(), context.encode())
        return f"{self._current}.{base64.urlsafe_b64encode(nonce + sealed).decode()}"

    def decrypt(self, sealed: str, *, context: str) -> str:
        key_id, _, encoded = sealed.partition(".")
        try:
            raw = base64.urlsafe_b64decode(encoded)
            return self._keys[key_id].decrypt(raw[:_NONCE_BYTES], raw[_NONCE_BYTES:], context.encode()).decode()
        except (KeyError, ValueError, InvalidTag) as error:
            raise Undecryptable(f"a value sealed with key {key_id!r} cannot be opened here") from error


class BlindIndex:
    """Keyed, so that short numbers cannot be found by trying them all."""

    def __init__(self, secret_key: str) -> None:
        self._key = derive_key(secret_key, "blind index")

    def __call__(self, value: str) -> str:
        return hmac.new(self._key, value.encode(), hashlib.sha256).hexdigest()


def derive_key(secret_key: str, purpose: str) -> bytes:
    """A key of its own for every purpose, so that none can be used in another's place."""
    return HKDF(hashes.SHA256(), length=32, salt=None, info=purpose.encode()).derive(secret_key.encode())
