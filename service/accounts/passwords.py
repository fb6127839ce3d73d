"""Passwords of the staff: which are too easy to guess, and how they are kept (argon2)."""

import re
import secrets
import unicodedata
from functools import cached_property
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from service.accounts.problems import PasswordWeak
from service.platform.context import Platform

MINIMUM_LENGTH = 12
_MUST_BE_LEFT = 6
_SHORTEST_WALK = 3
_ONE_TIME_BYTES = 12
_ROWS = ("abcdefghijklmnopqrstuvwxyz", "01234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm", "qazwsxedcrfvtgbyhnujm")
_COLUMNS = "1qaz2wsx3edc4rfv5tgb6yhn7ujm"
_WALKS = tuple(text for row in (*_ROWS, _COLUMNS) for text in (row, row[::-1]))
_LOOKS_LIKE = str.maketrans("@$!", "asi")
_REPEATS = re.compile(r"(.+?)\1{2,}", re.DOTALL)
_DATES = re.compile(r"(19|20)\d\d([01]\d[0-3]\d)?")
_COMMON = tuple(
    sorted((Path(__file__).parent / "common_passwords.txt").read_text(encoding="utf-8").split(), key=len, reverse=True)
)


class Passwords:
    def __init__(self, platform: Platform) -> None:
        self._hasher = PasswordHasher()
        self._company = platform.settings.company_name

    def match(self, password_hash: str | None, password: str) -> bool:
        """Without a hash, because nobody has the login, the answer takes as long."""
        try:
            return self._hasher.verify(password_hash or self._nobody, password)
        except (VerificationError, InvalidHashError):
            return False

    def hash(self, password: str) -> str:
        return self._hasher.hash(password)

    def renewed(self, password_hash: str, password: str) -> str:
        """The hash at today's cost: one that was made cheaper is made anew when its password is shown."""
        return self.hash(password) if self._hasher.check_needs_rehash(password_hash) else password_hash

    def check(self, password: str, *, login: str, name: str) -> None:
        if found := weakness(password, own_words=(login, name, self._company)):
            raise PasswordWeak(found)

    @cached_property
    def _nobody(self) -> str:
        return self._hasher.hash(secrets.token_hex())


def one_time_password() -> str:
    return secrets.token_urlsafe(_ONE_TIME_BYTES)


def weakness(password: str, *, own_words: tuple[str, ...]) -> str | None:
    """What makes it easy to guess, in a sentence; None for a good one.

    Takes away what guessers try first (the person's own words, common passwords, walks on the keyboard, repeats,
    dates); what is left has to be worth something.
    """
    if len(password) < MINIMUM_LENGTH:
        return f"密码至少要{MINIMUM_LENGTH}个字符，可以用几个不相干的词连起来。"
    folded = unicodedata.normalize("NFKC", password).casefold()
    known = [word.casefold() for word in own_words if len(word) > 1]
    if len(_left_of(folded, known)) >= _MUST_BE_LEFT:
        return None
    if any(word in folded for word in known):
        return "密码里不要用自己的账号、姓名或公司名，请换一个别人想不到的。"
    return "这个密码太常见，容易被猜到。请换一个，可以用几个不相干的词连起来。"


def _left_of(folded: str, known: list[str]) -> str:
    """The different characters that remain."""
    left = folded.translate(_LOOKS_LIKE)
    for word in (*known, *_COMMON):
        left = left.replace(word, " ")
    left = _REPEATS.sub(" ", _DATES.sub(" ", _without_walks(left)))
    return "".join(dict.fromkeys(left.replace(" ", "")))


def _without_walks(text: str) -> str:
    """Without what follows a row of the keyboard, the alphabet or the digits, in either direction."""
    kept, start = [], 0
    while start < len(text):
        end = start + 1
        while end < len(text) and any(text[start : end + 1] in walk for walk in _WALKS):
            end += 1
        kept.append(" " if end - start >= _SHORTEST_WALK else text[start:end])
        start = end
    return "".join(kept)
