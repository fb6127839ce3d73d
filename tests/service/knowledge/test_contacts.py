"""Numbers and addresses: only what is confirmed is ours, and a look-alike is not."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.knowledge import (
    NO_COMPLAINT_ROUTE,
    NOT_CONFIGURED,
    ContactFileError,
    check_contacts,
    load_knowledge,
    say_complaints,
    say_contacts,
)
from service.knowledge.contacts import load_known
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
    assert (item.confirmed, item.owner, item.note) == (False, "微信支付（财付通）", None)


@pytest.mark.parametrize(
    "text",
    [
        "http://www.soupos.cn#拉卡拉办理平台",
        "qianpos.cn",
        "www.alakala.cn",
        "mepos.cn",
        "https://www.baokaoweb.cn/news/4202.html",
        "95016",
        "185-8483-9115",
        "18200351458",
        "181 4002 3002",
    ],
)
def test_what_advertisements_call_ours_is_not_confirmed(text: str) -> None:
    (item,) = check_contacts(text, OURS, KNOWN)
    assert (item.confirmed, item.owner) == (False, None)
    assert item.note


def test_what_the_settings_confirm_comes_before_what_was_heard() -> None:
    ours = [OfficialContact(kind="phone", value="95016", title="客服热线")]
    (item,) = check_contacts("95016是客服电话吗", ours, KNOWN)
    assert (item.confirmed, item.owner, item.note) == (True, "客服热线", None)


@pytest.mark.parametrize("value", ["400-000-9999", "https://complaints.example.com"])
def test_a_confirmed_complaint_route_is_ours_by_number_or_address(value: str) -> None:
    ours = [OfficialContact(kind="complaint", value=value, title="投诉渠道")]
    assert [item.confirmed for item in check_contacts(f"{value} 是真的吗", ours)] == [True]
    assert value in say_complaints(ours)


def test_a_known_contact_says_whose_it_is_or_what_is_known(tmp_path: Path) -> None:
    path = tmp_path / "known.yml"
    path.write_text('- {value: "12345", kind: phone, source: 某处}\n', encoding="utf-8")
    with pytest.raises(ContactFileError, match="owner 或 note"):
        load_known(path)


def test_without_settings_nothing_is_given_out() -> None:
    assert say_contacts([]) == NOT_CONFIGURED
    assert say_complaints(OURS) == NO_COMPLAINT_ROUTE
    assert not any(item.confirmed for item in check_contacts("400-000-1234 www.example.com", []))


@given(st.text(max_size=200))
def test_any_text_can_be_checked(text: str) -> None:
    check_contacts(text, OURS, KNOWN)
