"""A password of the staff is long, is nobody's own word, and is not what everybody tries first."""

import pytest
from argon2 import PasswordHasher
from hypothesis import given
from hypothesis import strategies as st

from service.accounts.passwords import MINIMUM_LENGTH, Passwords, weakness
from tests.service.builders import World

OWN = ("xiaolin", "林晓", "演示收单公司")


@pytest.mark.parametrize(
    "password",
    [
        "123456789012",
        "qwertyuiop123",
        "1qaz2wsx3edc4rfv",
        "zaq12wsxcde34rfv",
        "aaaaaaaaaaaaaaa",
        "Password2026!!",
        "P@$$w0rd123456",
        "woaini1314520",
        "woaini5201314",
        "abcabcabcabcabc",
        "19880808198808",
        "admin888888888",
        "xiaolin20261127",
        "Xiaolin@123456",
        "林晓林晓林晓林晓林晓林晓",
        "演示收单公司888888",
        "147258369147",
    ],
)
def test_what_guessers_try_first_is_refused(password: str) -> None:
    assert weakness(password, own_words=OWN)


@pytest.mark.parametrize(
    "password", ["four wooden ducks", "蓝色自行车在楼顶唱歌给猫听", "7yKq-pVz2_mRtW", "茶壶shelf石榴window"]
)
def test_unrelated_words_and_random_letters_are_taken(password: str) -> None:
    assert weakness(password, own_words=OWN) is None


def test_the_sentence_says_what_to_do() -> None:
    assert "12" in str(weakness("short", own_words=OWN))
    assert "姓名" in str(weakness("xiaolin20261127", own_words=OWN))
    assert "常见" in str(weakness("1qaz2wsx3edc4rfv", own_words=OWN))


@given(st.text(max_size=40))
def test_any_text_is_judged(text: str) -> None:
    found = weakness(text, own_words=OWN)
    assert found if len(text) < MINIMUM_LENGTH else found is None or found.endswith("。")


@given(st.text(min_size=1, max_size=4), st.integers(5, 20))
def test_repeating_something_short_is_no_password(piece: str, times: int) -> None:
    assert weakness(piece * times, own_words=OWN)


def test_a_hash_that_was_made_cheaper_is_made_anew(lite: World) -> None:
    passwords = Passwords(lite.platform)
    cheap = PasswordHasher(time_cost=1, memory_cost=16, parallelism=1).hash("four wooden ducks")
    renewed = passwords.renewed(cheap, "four wooden ducks")
    assert renewed != cheap
    assert passwords.match(renewed, "four wooden ducks")
    assert passwords.renewed(renewed, "four wooden ducks") == renewed
