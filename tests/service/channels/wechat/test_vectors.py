"""The independent vectors: signatures, envelopes, pushes, replies and API errors as others have written them down."""

import json
import re
from collections.abc import Mapping
from typing import Any

import pytest

from service.channels.wechat.api import API_ERRORS, Meaning, kefu_text
from service.channels.wechat.crypto import Crypto, KeyPair, Refused, decrypt, encrypt, read_key, sign
from service.channels.wechat.inbound import Inbound, read_inbound
from service.channels.wechat.wecom.api import Page
from service.channels.wechat.wecom.messages import read_message
from service.channels.wechat.xml import read_xml, text_reply
from service.platform.settings import REPOSITORY

PLACES = (REPOSITORY.parent / "shared", REPOSITORY.parent.parent / "shared")
FILE = next((place / "vectors" / "wechat.json" for place in PLACES if (place / "vectors").is_dir()), None)
VECTORS: list[dict[str, Any]] = json.loads(FILE.read_text(encoding="utf-8")) if FILE else []

pytestmark = pytest.mark.skipif(not VECTORS, reason="../shared/vectors/wechat.json is not on this machine")


def of_kind(*kinds: str) -> Any:
    found = [vector for vector in VECTORS if vector["kind"] in kinds]
    return pytest.mark.parametrize("vector", found, ids=lambda vector: vector["source"][:40])


def crypto_of(inputs: Mapping[str, str]) -> Crypto:
    return Crypto(inputs["appid"], [KeyPair(inputs["token"], inputs["encoding_aes_key"])])


def opened(inputs: Mapping[str, str]) -> bytes:
    crypto = crypto_of(inputs)
    return crypto.open(inputs["encrypt"], inputs["msg_signature"], inputs["timestamp"], inputs["nonce"])


@pytest.mark.skipif(not VECTORS, reason="../shared is not on this machine")
def test_every_kind_of_vector_is_looked_at() -> None:
    assert {vector["kind"] for vector in VECTORS} == {
        "url_signature", "sha1_sorted_concat", "decrypt", "decrypt_reject", "decrypt_wecom", "encrypt",
        "encrypt_wecom", "inbound_xml", "sync_msg_response", "passive_reply_xml", "passive_reply_none", "kefu_json",
        "api_error",
    }  # fmt: skip
    assert len(VECTORS) == 100


@of_kind("url_signature")
def test_url_signatures(vector: dict[str, Any]) -> None:
    inputs = vector["inputs"]
    crypto = Crypto("wx0000000000000000", [KeyPair(inputs["token"])])
    if vector["expected"]["valid"]:
        crypto.check_url(inputs["signature"], inputs["timestamp"], inputs["nonce"])
    else:
        with pytest.raises(Refused):
            crypto.check_url(inputs["signature"], inputs["timestamp"], inputs["nonce"])


@of_kind("sha1_sorted_concat")
def test_sorted_parts(vector: dict[str, Any]) -> None:
    assert sign(*vector["inputs"]["parts"]) == vector["expected"]["sha1"]


@of_kind("decrypt", "decrypt_wecom")
def test_what_was_sealed_can_be_opened(vector: dict[str, Any]) -> None:
    inputs, expected = vector["inputs"], vector["expected"]
    inputs = {**inputs, "appid": expected.get("appid", inputs["appid"])}
    content = opened(inputs).decode()
    assert content == expected["plaintext"]
    if "fields" in expected:
        assert_fields(read_xml(content.encode()), expected["fields"])


@of_kind("decrypt_reject")
def test_what_is_not_right_is_refused(vector: dict[str, Any]) -> None:
    with pytest.raises(Refused):
        opened(vector["inputs"])


@of_kind("encrypt", "encrypt_wecom")
def test_sealing_gives_the_very_same_bytes(vector: dict[str, Any]) -> None:
    inputs, expected = vector["inputs"], vector["expected"]
    sealed = encrypt(
        inputs["plaintext"].encode(), read_key(inputs["encoding_aes_key"]), inputs["appid"],
        random=inputs["random"].encode(),
    )  # fmt: skip
    assert sealed == expected["encrypt"]
    assert decrypt(sealed, read_key(inputs["encoding_aes_key"]), inputs["appid"]).decode() == inputs["plaintext"]
    if "msg_signature" in expected:
        assert sign(inputs["token"], inputs["timestamp"], inputs["nonce"], sealed) == expected["msg_signature"]


@of_kind("inbound_xml")
def test_pushes_are_read(vector: dict[str, Any]) -> None:
    fields = read_xml(vector["inputs"]["xml"].encode())
    assert_fields(fields, vector["expected"]["fields"])
    if "FromUserName" not in fields:  # the bell of 微信客服 names nobody: it is none of the 公众号's pushes
        with pytest.raises(Refused):
            read_inbound(fields)
        return
    inbound = read_inbound(fields)
    assert inbound.openid == fields["FromUserName"]
    assert inbound.key.startswith(f"{'e' if fields['MsgType'] == 'event' else 'm'}:{fields['FromUserName']}:")


@of_kind("passive_reply_xml")
def test_replies_have_the_form_of_the_vectors(vector: dict[str, Any]) -> None:
    """Of the types that exist we send text alone; the others must at least be read by the strict reader."""
    fields = read_xml(vector["expected"]["xml"].strip().encode())
    assert {"ToUserName", "FromUserName", "CreateTime", "MsgType"} <= set(fields)
    if vector["inputs"]["type"] == "Text":
        ours = text_reply(to="to", sender="from", at=1122, text="content").decode()
        assert re.sub(r"\s", "", ours) == re.sub(r"\s", "", vector["expected"]["xml"])


@of_kind("passive_reply_none")
def test_no_reply_is_the_bare_word(vector: dict[str, Any]) -> None:
    from service.channels.wechat.gate import SUCCESS

    assert SUCCESS.decode() == vector["expected"]["body"]


@of_kind("kefu_json")
def test_customer_service_messages_have_the_form_of_the_vectors(vector: dict[str, Any]) -> None:
    expected = vector["expected"]["json"]
    assert {"touser", "msgtype", expected["msgtype"]} == set(expected)
    if expected["msgtype"] == "text":
        assert json.loads(kefu_text("OPENID", expected["text"]["content"])) == expected


@of_kind("api_error")
def test_api_errors_have_a_meaning(vector: dict[str, Any]) -> None:
    code = vector["expected"]["json"]["errcode"]
    sent_by_us = code not in (45098, 48006, 45081)  # menus inside messages, resets and typing are not used
    assert (code in API_ERRORS) == sent_by_us
    assert API_ERRORS.get(code, Meaning.REFUSED) in Meaning


@of_kind("sync_msg_response")
def test_a_page_of_customer_service_messages_keeps_its_cursor(vector: dict[str, Any]) -> None:
    page, expected = Page.of(vector["inputs"]["json"]), vector["expected"]
    assert (page.cursor, page.has_more) == (expected["next_cursor"], expected["must_call_again"])
    happening = read_message(page.messages[0], "wkAJ2GCAAASSm4_FhToWMFea0xAFfd3Q")
    assert isinstance(happening, Inbound)
    assert happening.key.endswith(expected["dedupe_key"])


def assert_fields(found: Mapping[str, str], expected: Mapping[str, Any]) -> None:
    """Leaves as they stand; a vector does not name what has children, and may name only some."""
    for name, value in expected.items():
        assert found[name].strip() == str(value).strip(), name
