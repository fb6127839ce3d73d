"""The acquirer's signatures (RSA with SHA-256): what is signed, how the header is written, and when one is believed."""

from __future__ import annotations

import base64
import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey

SCHEME = "LKLAPI-SHA256withRSA"
MAX_AGE = timedelta(seconds=300)
"""A signature that is older, or comes from the future, may be a recorded one."""
_TIMESTAMP = re.compile(r"[0-9]{1,12}")
_FIELD = re.compile(r'([a-z_]+)="([^"]*)"')


class KeyFileWrong(Exception):
    """A file of a key cannot be read; the message says which and why."""


@dataclass(frozen=True)
class Signed:
    """Who signed what and when, as the headers tell it; a notice names no app and no serial."""

    timestamp: str
    nonce: str
    signature: str
    app_id: str = ""
    serial_no: str = ""


def authorization(key: RSAPrivateKey, body: bytes, *, app_id: str, serial_no: str, now: datetime) -> str:
    """The header of a request."""
    signed = sign(key, body, now=now, app_id=app_id, serial_no=serial_no)
    fields = {
        "appid": signed.app_id,
        "serial_no": signed.serial_no,
        "timestamp": signed.timestamp,
        "nonce_str": signed.nonce,
        "signature": signed.signature,
    }
    return f"{SCHEME} {','.join(f'{name}="{value}"' for name, value in fields.items())}"


def sign(key: RSAPrivateKey, body: bytes, *, now: datetime, app_id: str = "", serial_no: str = "") -> Signed:
    timestamp, nonce = str(int(now.timestamp())), secrets.token_hex(6)
    message = _message(Signed(timestamp, nonce, "", app_id, serial_no), body)
    signature = key.sign(message, padding.PKCS1v15(), hashes.SHA256())
    return Signed(timestamp, nonce, base64.b64encode(signature).decode(), app_id, serial_no)


def read_authorization(header: str) -> Signed | None:
    """None for a header of another scheme or with something missing."""
    scheme, _, rest = header.partition(" ")
    fields = dict(_FIELD.findall(rest))
    if scheme != SCHEME or not {"timestamp", "nonce_str", "signature"} <= set(fields):
        return None
    return Signed(
        fields["timestamp"],
        fields["nonce_str"],
        fields["signature"],
        fields.get("appid", ""),
        fields.get("serial_no", ""),
    )


def is_genuine(key: RSAPublicKey, signed: Signed, body: bytes, *, now: datetime) -> bool:
    """Signed by the owner of the key, over exactly this body, a moment ago."""
    if not _TIMESTAMP.fullmatch(signed.timestamp):
        return False
    if abs(int(signed.timestamp) - now.timestamp()) > MAX_AGE.total_seconds():
        return False
    try:
        signature = base64.b64decode(signed.signature, validate=True)
        key.verify(signature, _message(signed, body), padding.PKCS1v15(), hashes.SHA256())
    except (InvalidSignature, ValueError):
        return False
    return True


def load_private_key(path: Path) -> RSAPrivateKey:
    try:
        key = serialization.load_pem_private_key(path.read_bytes(), password=None)
    except (OSError, ValueError, TypeError) as error:
        raise KeyFileWrong(f"{path} is not a private key in PEM form without a password ({error})") from error
    if not isinstance(key, RSAPrivateKey):
        raise KeyFileWrong(f"{path} is not an RSA key")
    return key


def load_public_key(path: Path) -> RSAPublicKey:
    """From a certificate, or from a bare public key."""
    try:
        content = path.read_bytes()
        is_certificate = b"BEGIN CERTIFICATE" in content
        key = (
            x509.load_pem_x509_certificate(content).public_key()
            if is_certificate
            else serialization.load_pem_public_key(content)
        )
    except (OSError, ValueError) as error:
        raise KeyFileWrong(f"{path} is neither a certificate nor a public key in PEM form ({error})") from error
    if not isinstance(key, RSAPublicKey):
        raise KeyFileWrong(f"{path} is not an RSA key")
    return key


def _message(signed: Signed, body: bytes) -> bytes:
    """Requests and answers are signed with who sends them, notices without."""
    parts = [signed.timestamp, signed.nonce]
    if signed.app_id:
        parts = [signed.app_id, signed.serial_no, *parts]
    return "".join(f"{part}\n" for part in parts).encode() + body + b"\n"
