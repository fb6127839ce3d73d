"""The address that WeCom calls: confirmed to WeCom alone, and only a true bell rings."""

import pytest
from wechatpy.enterprise.crypto import WeChatCrypto

from tests.service.builders import SPRING
from tests.service.channels.wecom.conftest import AES_KEY, CORP_ID, DESK, PATH, TOKEN, DeskTown
from tests.wechat.emulator.envelope import Envelope, xml_of


def test_the_address_is_confirmed_with_the_clear_text(town: DeskTown) -> None:
    locked = town.desk.envelope.lock(b"1616140317555161061")
    query = {**town.desk.signed(locked), "echostr": locked}
    assert town.world.client.get(PATH, params=query).text == "1616140317555161061"


def test_a_second_implementation_agrees_on_the_clear_text(town: DeskTown) -> None:
    """wechatpy's, of its enterprise side."""
    locked = town.desk.envelope.lock(b"1616140317555161061")
    query = {**town.desk.signed(locked), "echostr": locked}
    theirs = WeChatCrypto(TOKEN, AES_KEY, CORP_ID)
    clear = theirs.check_signature(query["msg_signature"], query["timestamp"], query["nonce"], locked)
    assert town.world.client.get(PATH, params=query).text == clear


@pytest.mark.parametrize("change", ["signature", "old", "corporation", "echo", "empty"])
def test_nobody_else_has_it_confirmed(town: DeskTown, change: str) -> None:
    envelope = town.desk.envelope
    if change == "corporation":
        envelope.app_id = "ww0000000000000000"
    locked = envelope.lock(b"1616140317555161061")
    query = {**town.desk.signed(locked), "echostr": locked}
    match change:
        case "signature":
            query["msg_signature"] = "0" * 40
        case "old":
            town.clock.advance(seconds=301)
        case "echo":
            query["echostr"] = "AAAA" + query["echostr"]
        case "empty":
            query = {}
    got = town.world.client.get(PATH, params=query)
    assert (got.status_code, got.content) == (403, b"")


def test_a_bell_is_answered_at_once_and_rings(town: DeskTown) -> None:
    anna = town.somebody("Anna")
    town.desk.text(anna, "退押金")
    query, body = town.desk.parcel(DESK)
    got = town.world.client.post(PATH, params=query, content=body)
    assert (got.status_code, got.content) == (200, b"success")
    assert town.corporation.calls == []  # nothing is fetched while WeCom waits
    town.settle()
    assert anna.texts() == ["回：退押金"]


HOSTILE = [
    b"",
    b"not xml",
    b"<xml></xml>",
    b"<xml><Encrypt>AAAA</Encrypt></xml>",
    b"<xml><Encrypt/><Encrypt/></xml>",
    b'<!DOCTYPE xml [<!ENTITY a "b">]><xml><Encrypt>&a;</Encrypt></xml>',
    b"<xml><Encrypt>" + b"A" * 60_000 + b"</Encrypt></xml>",
    b"\xff\xfe<xml/>",
    "<xml><Encrypt>押金</Encrypt></xml>".encode(),
]


@pytest.mark.parametrize("body", HOSTILE)
def test_hostile_bodies_are_a_bare_403(town: DeskTown, body: bytes) -> None:
    query, _ = town.desk.parcel(DESK)
    got = town.world.client.post(PATH, params=query, content=body)
    assert (got.status_code, got.content) == (403, b"")


@pytest.mark.parametrize("change", ["signature", "old", "corporation", "cut", "inner corporation", "no token", "xxe"])
def test_what_is_not_from_wecom_or_not_whole_does_not_ring(town: DeskTown, change: str) -> None:
    town.desk.text(town.somebody("Anna"), "退押金")
    query, body = town.desk.parcel(DESK)
    match change:
        case "signature":
            query["msg_signature"] = "0" * 40
        case "old":
            town.clock.advance(seconds=301)
        case "corporation":
            town.desk.envelope = Envelope("ww0000000000000000", TOKEN, AES_KEY)
            query, body = town.desk.parcel(DESK)
        case "cut":
            body = body[:-30]
        case "inner corporation":
            query, body = town.desk.parcel(DESK, ToUserName="ww0000000000000000")
        case "no token":
            query, body = town.desk.parcel(DESK, Token="")
        case "xxe":
            query, body = town.desk.sealed(b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><xml>&a;</xml>')
    got = town.world.client.post(PATH, params=query, content=body)
    assert (got.status_code, got.content) == (403, b"")
    town.settle()
    assert town.corporation.calls == []


def test_another_event_of_the_corporation_is_taken_and_rings_for_nobody(town: DeskTown) -> None:
    query, body = town.desk.sealed(xml_of({"ToUserName": CORP_ID, "MsgType": "event", "Event": "change_contact"}))
    assert town.world.client.post(PATH, params=query, content=body).content == b"success"
    town.settle()
    assert town.corporation.calls == []


def test_an_account_that_is_not_served_is_left_alone(town: DeskTown, monkeypatch: pytest.MonkeyPatch) -> None:
    gate = town.bridge.customer_service.gate  # type: ignore[union-attr]
    monkeypatch.setattr(gate, "_settings", gate._settings.model_copy(update={"open_kfids": ("wkOther",)}))
    town.say(town.somebody("Anna"), "退押金")
    assert town.corporation.calls == []


def test_where_it_is_off_nothing_of_it_is_there(lite: object) -> None:
    for method in ("get", "post"):
        assert getattr(lite.client, method)(PATH).status_code == 404  # type: ignore[attr-defined]


def test_the_address_of_the_other_line_is_not_there_without_it(town: DeskTown) -> None:
    assert town.world.client.post("/wechat/official-account", content=b"<xml/>").status_code == 404
    assert town.world.merchant(SPRING).post("/v1/me/wechat", {}).status_code == 404
