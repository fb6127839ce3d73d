"""The platform's side of the envelope, written apart from the product's: they must agree without sharing a line."""

import base64
import hashlib
import os
import struct
import xml.etree.ElementTree as ET

from cryptography.hazmat.primitives import padding
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes


class Envelope:
    def __init__(self, app_id: str, token: str, aes_key: str) -> None:
        self.app_id, self.token = app_id, token
        self._key = base64.b64decode(aes_key + "=")

    def signature(self, *parts: str) -> str:
        return hashlib.sha1("".join(sorted([self.token, *parts])).encode()).hexdigest()  # noqa: S324

    def lock(self, content: bytes) -> str:
        padder = padding.PKCS7(256).padder()
        full = os.urandom(16) + struct.pack(">I", len(content)) + content + self.app_id.encode()
        worker = self._cipher().encryptor()
        return base64.b64encode(worker.update(padder.update(full) + padder.finalize()) + worker.finalize()).decode()

    def unlock(self, locked: str) -> bytes:
        worker = self._cipher().decryptor()
        padded = worker.update(base64.b64decode(locked)) + worker.finalize()
        unpadder = padding.PKCS7(256).unpadder()
        full = unpadder.update(padded) + unpadder.finalize()
        length = struct.unpack(">I", full[16:20])[0]
        if full[20 + length :].decode() != self.app_id:
            raise ValueError("another AppID")
        return full[20 : 20 + length]

    def open_reply(self, content: bytes) -> dict[str, str]:
        """Of a reply in safe mode; raises for everything that the platform would not take."""
        outer = fields_of(content)
        if set(outer) != {"Encrypt", "MsgSignature", "TimeStamp", "Nonce"}:
            raise ValueError("not an encrypted reply")
        signed = self.signature(outer["TimeStamp"], outer["Nonce"], outer["Encrypt"])
        if signed != outer["MsgSignature"]:
            raise ValueError("wrong MsgSignature")
        return fields_of(self.unlock(outer["Encrypt"]))

    def _cipher(self) -> Cipher[modes.CBC]:
        return Cipher(algorithms.AES(self._key), modes.CBC(self._key[:16]))


def fields_of(content: bytes) -> dict[str, str]:
    return {child.tag: child.text or "" for child in ET.fromstring(content)}  # noqa: S314


def xml_of(fields: dict[str, str]) -> bytes:
    root = ET.Element("xml")
    for name, value in fields.items():
        ET.SubElement(root, name).text = value
    return bytes(ET.tostring(root, encoding="utf-8"))
