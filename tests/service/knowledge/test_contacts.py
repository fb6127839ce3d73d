"""Numbers and addresses: only what is confirmed is ours, and a look-alike is not."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.knowledge import NOT_CONFIGURED, check_contacts, load_knowledge, say_contacts
from service.platform.settings import OfficialContact

OURS = [
    OfficialContact(kind="phone", value="400-000-1234", title="客服热线"),
    OfficialContact(kind="website", value="https://www.example.com", title="官网"),
]
KNOWN = load_knowledge(Path(__file__).resolve().parents[3] / "data" / "knowledge").known_contacts


def found(text: str) -> list[tuple[str, bool]]:
    return [(item.value, item.confirmed) for item in check_contacts(text, OURS, KNOWN)]


@pytest.mark.parametrize(
    ("text", "value", "confirmed"),
    [
        ("4000001234是你们吗", "4000001234", True),
        ("４００－０００－１２３４", "400-000-1234", True),
        ("http://example.com/help 是官网吗", "http://example.com/help", True),
        ("EXAMPLE.COM", "EXAMPLE.COM", True),
        ("example.com.evil.cn", "example.com.evil.cn", False),
        ("notexample.com", "notexample.com", False),
        ("example.com@evil.cn", "example.com@evil.cn", False),
        ("95017是你们电话吗", "95017", False),
        ("有人用13800138000打给我", "13800138000", False),
        ("打010-12345678", "010-12345678", False),
        ("发邮件到 help@example.com", "help@example.com", False),
    ],
)
def test_a_contact_is_found_and_compared_exactly(text: str, value: str, confirmed: bool) -> None:
    assert found(text) == [(value, confirmed)]


@pytest.mark.parametrize(
    "text", ["", "交了199元", "我的商户号822100058120001", "2026年11月23日", "SQ261123Y8NKJD", "3.5折"]
)
def test_other_numbers_are_no_contacts(text: str) -> None:
    assert found(text) == []


def test_whose_number_it_is_is_said_when_it_is_known() -> None:
    (item,) = check_contacts("95017", OURS, KNOWN)
    assert (item.confirmed, item.owner) == (False, "微信支付（财付通）")


def test_without_settings_nothing_is_given_out() -> None:
    assert say_contacts([]) == NOT_CONFIGURED
    assert not any(item.confirmed for item in check_contacts("400-000-1234 www.example.com", []))


@given(st.text(max_size=200))
def test_any_text_can_be_checked(text: str) -> None:
    check_contacts(text, OURS, KNOWN)
