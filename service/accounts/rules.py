"""What holds for log-ins, codes and identity tokens. Pure functions and numbers, no I/O."""

import hashlib
import hmac
import math
import re
import secrets
import unicodedata
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import jwt

CODE_LENGTH = 6
CODE_LIFETIME = timedelta(minutes=5)
CODE_RESEND_AFTER = timedelta(seconds=60)
CODE_MAX_TRIES = 5

LOGIN_MAX_FAILURES = 5
LOGIN_LOCK = timedelta(minutes=15)
LOGIN_SLOW_AFTER = 20
LOGIN_SLOW = timedelta(minutes=1)
LOGIN_SLOW_FORGOTTEN = timedelta(days=1)
LOGIN_HOME = timedelta(days=90)

RECOVERY_CODES = 10
SEEN_EVERY = timedelta(minutes=1)  # how exactly the last use of a session is known

IDENTITY_AUDIENCE = "pos-assistant"
IDENTITY_MAX_LIFETIME = timedelta(minutes=15)
CLOCK_SKEW = timedelta(seconds=30)

_MERCHANT_NO = re.compile(r"[0-9A-Z]{15}")
_PHONE = re.compile(r"1[3-9]\d{9}")


class TokenRefused(Exception):
    """A signed token that does not hold; the reason is for the log, not for whoever sent it."""


def fold_merchant_no(text: str) -> str | None:
    """15 capital letters and digits, however they were typed; None if it cannot be a merchant number."""
    folded = re.sub(r"[\s-]", "", unicodedata.normalize("NFKC", text)).upper()
    return folded if _MERCHANT_NO.fullmatch(folded) else None


def fold_phone(text: str) -> str | None:
    folded = re.sub(r"[\s-]", "", unicodedata.normalize("NFKC", text)).removeprefix("+86")
    return folded if _PHONE.fullmatch(folded) else None


def new_code() -> str:
    return f"{secrets.randbelow(10**CODE_LENGTH):0{CODE_LENGTH}}"


def hash_code(key: bytes, conversation_id: str, code: str) -> str:
    """Keyed and bound to its conversation: six digits alone would be found by trying."""
    return hmac.new(key, f"{conversation_id}:{code}".encode(), hashlib.sha256).hexdigest()


def read_token(token: str, key: str | bytes, *, audience: str, now: datetime, max_lifetime: timedelta) -> str:
    """The subject of an HS256 token that is signed with this key, meant for us, and alive now."""
    claims = _verified_claims(token, key, audience)
    try:
        issued, expires = float(claims["iat"]), float(claims["exp"])
    except (TypeError, ValueError, OverflowError) as error:
        raise TokenRefused("iat or exp is not a number") from error
    if not (math.isfinite(issued) and math.isfinite(expires)):  # nothing is later than NaN: it would never end
        raise TokenRefused("iat or exp is not a moment")
    moment, skew = now.timestamp(), CLOCK_SKEW.total_seconds()
    if expires <= moment:
        raise TokenRefused("expired")
    if issued > moment + skew:
        raise TokenRefused("issued in the future")
    if expires - issued > max_lifetime.total_seconds():
        raise TokenRefused("lives too long")
    subject = claims["sub"]
    if not isinstance(subject, str) or not subject:
        raise TokenRefused("no subject")
    return subject


def _verified_claims(token: str, key: str | bytes, audience: str) -> Mapping[str, Any]:
    try:
        return jwt.decode(
            token,
            key,
            algorithms=["HS256"],
            audience=audience,
            # Times are checked by the caller against the clock that was passed.
            options={
                "require": ["sub", "aud", "iat", "exp"],
                "verify_exp": False,
                "verify_iat": False,
                "strict_aud": True,
            },
        )
    except jwt.PyJWTError as error:
        raise TokenRefused(type(error).__name__) from error


def sign_identity_token(merchant_no: str, secret: str, *, now: datetime) -> str:
    """What the server of a host page signs for the merchant who is logged in there."""
    return sign_token(merchant_no, secret, audience=IDENTITY_AUDIENCE, now=now, lifetime=IDENTITY_MAX_LIFETIME)


def sign_token(subject: str, key: str | bytes, *, audience: str, now: datetime, lifetime: timedelta) -> str:
    claims = {
        "sub": subject,
        "aud": audience,
        "iat": int(now.timestamp()),
        "exp": int((now + lifetime).timestamp()),
    }
    return jwt.encode(claims, key, algorithm="HS256")
