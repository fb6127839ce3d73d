"""Where file content is kept: under the hash of what it is, encrypted, outside any web root."""

from __future__ import annotations

import base64
import hashlib
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from service.platform.crypto import Cipher
from service.platform.ids import new_id

_NONCE_BYTES = 12


class BlobStore(Protocol):
    def put(self, content: bytes) -> str:
        """Keeps the content and gives its digest; keeping it twice is keeping it once."""

    def get(self, digest: str) -> bytes:
        """The content; FileNotFoundError when there is none."""

    def older_than(self, seconds: float) -> Iterator[str]:
        """Digests that were not written again in this time."""

    def delete(self, digest: str) -> None:
        """Removes the content, if it is there."""


class FolderBlobs:
    """A local folder. Every file has a key of its own, sealed by the service's cipher, so keys can be rotated."""

    def __init__(self, folder: Path, cipher: Cipher) -> None:
        self._folder = folder
        self._cipher = cipher

    def put(self, content: bytes) -> str:
        digest = hashlib.sha256(content).hexdigest()
        path = self._path(digest)
        if path.exists():
            os.utime(path)
            return digest
        path.parent.mkdir(parents=True, exist_ok=True)
        _write_durably(path, self._seal(digest, content))
        return digest

    def get(self, digest: str) -> bytes:
        key_line, _, sealed = self._path(digest).read_bytes().partition(b"\n")
        key = base64.b64decode(self._cipher.decrypt(key_line.decode(), context=f"blob:{digest}"))
        return AESGCM(key).decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], digest.encode())

    def older_than(self, seconds: float) -> Iterator[str]:
        limit = time.time() - seconds
        for path in self._folder.glob("??/*"):
            if path.stat().st_mtime >= limit:
                continue
            if path.name.startswith("."):  # a write that broke off
                path.unlink(missing_ok=True)
            else:
                yield path.name

    def delete(self, digest: str) -> None:
        self._path(digest).unlink(missing_ok=True)

    def _seal(self, digest: str, content: bytes) -> bytes:
        key, nonce = AESGCM.generate_key(256), os.urandom(_NONCE_BYTES)
        key_line = self._cipher.encrypt(base64.b64encode(key).decode(), context=f"blob:{digest}")
        return key_line.encode() + b"\n" + nonce + AESGCM(key).encrypt(nonce, content, digest.encode())

    def _path(self, digest: str) -> Path:
        return self._folder / digest[:2] / digest


def _write_durably(path: Path, content: bytes) -> None:
    """Either the whole file is there under its name, or none of it."""
    temporary = path.with_name(f".{new_id()}")
    with temporary.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)
