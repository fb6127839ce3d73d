"""Names that we give to things: unguessable ids, and application numbers that people can read out."""

import re
import secrets
import uuid
from datetime import datetime

from service.platform.clock import CHINA

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
APPLICATION_NO = re.compile(r"SQ\d{6}[0-9A-HJKMNP-TV-Z]{6}")
_RANDOM_LENGTH = 6
_READING_MISTAKES = str.maketrans({"O": "0", "I": "1", "L": "1", "U": "V"})


def new_id() -> str:
    return uuid.uuid4().hex


def random_code(length: int) -> str:
    return "".join(secrets.choice(CROCKFORD) for _ in range(length))


def new_application_no(now: datetime) -> str:
    """SQ, the day in China, six random characters: 14 in all. Its uniqueness is the database's to keep."""
    return f"SQ{now.astimezone(CHINA):%y%m%d}{random_code(_RANDOM_LENGTH)}"


def read_application_no(text: str) -> str | None:
    """The application number as it was given out, from one that a person typed; None if it cannot be one."""
    folded = re.sub(r"[\s-]", "", text).upper()
    if not folded.startswith("SQ"):
        return None
    number = "SQ" + folded[2:].translate(_READING_MISTAKES)
    return number if APPLICATION_NO.fullmatch(number) else None
