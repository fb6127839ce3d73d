"""The envelope: wechatpy agrees both ways, and whatever is not whole is refused without detail and without a 500."""

import base64
import contextlib
import random
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wechatpy import parse_message
from wechatpy.crypto import WeChatCrypto
from wechatpy.replies import TextReply
from wechatpy.utils import check_signature

from service.channels.wechat.crypto import Crypto, KeyPair, Refused, decrypt, encrypt, read_key, sign
from service.channels.wechat.inbound import read_inbound
from service.channels.wechat.xml import clean, read_xml, sealed_reply, text_reply

APP_ID, TOKEN = "wx1234567890abcdef", "aToken123"
AES_KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
OURS = Crypto(APP_ID, [KeyPair(TOKEN, AES_KEY)])
THEIRS = WeChatCrypto(TOKEN, AES_KEY, APP_ID)
ALPHABET = string.ascii_letters + string.digits + "押金怎么退￥…“”🙂👨‍👩‍👧\n\t <>&]]>'\"⟦⟧"


def words(dice: random.Random) -> str:
    return "".join(dice.choice(ALPHABET) for _ in range(dice.randint(1, 200)))


@pytest.mark.parametrize("seed", range(10))
def test_what_we_seal_wechatpy_opens_and_the_other_way_round(seed: int) -> None:
    """1,000 messages each way here; `BENCH_MESSAGES` of `make bench-wechat` makes it 10,000."""
    dice = random.Random(seed)
    for _ in range(100):
        text, timestamp, nonce = words(dice), str(dice.randint(1, 2**31)), str(dice.randint(1, 2**31))
        reply = text_reply(to="oUser", sender="gh_us", at=1, text=text)
        sealed = OURS.seal(reply, timestamp, nonce)
        whole = sealed_reply(sealed).decode()
        opened = THEIRS.decrypt_message(whole, sealed.signature, timestamp, nonce)
        assert opened == reply.decode()
        message = parse_message(opened)
        assert message.content.strip() == text.strip()

        theirs = THEIRS.encrypt_message(
            TextReply(target="oUser", source="gh_us", content="好").render(), nonce, timestamp
        )
        fields = read_xml(theirs.encode())
        inner = OURS.open(fields["Encrypt"], fields["MsgSignature"], timestamp, nonce)
        assert read_xml(inner)["Content"] == "好"


def test_both_sign_the_same() -> None:
    check_signature(TOKEN, sign(TOKEN, "1", "2"), "1", "2")
    OURS.check_url(sign(TOKEN, "1", "2"), "1", "2")


@given(st.text(max_size=300))
def test_any_text_survives_the_xml(text: str) -> None:
    fields = read_xml(text_reply(to="a", sender="b", at=1, text=text))
    assert fields["Content"] == clean(text)


def test_the_key_before_is_believed_while_it_is_changed() -> None:
    other = "0123456789012345678901234567890123456789abc"
    changing = Crypto(APP_ID, [KeyPair("newToken", other), KeyPair(TOKEN, AES_KEY)])
    sealed = OURS.seal(b"<xml/>", "1", "2")
    assert changing.open(sealed.encrypt, sealed.signature, "1", "2") == b"<xml/>"
    with pytest.raises(Refused):
        OURS.open(changing.seal(b"<xml/>", "1", "2").encrypt, sealed.signature, "1", "2")


def raw(full: bytes) -> str:
    from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

    key = read_key(AES_KEY)
    encryptor = Cipher(algorithms.AES(key), modes.CBC(key[:16])).encryptor()
    return base64.b64encode(encryptor.update(full) + encryptor.finalize()).decode()


WHOLE = b"r" * 16 + b"\x00\x00\x00\x06<xml/>" + APP_ID.encode()


@pytest.mark.parametrize(
    "encrypted",
    [
        "",
        "!!!",
        base64.b64encode(b"short").decode(),
        raw(b"\x00" * 64),  # pad 0
        raw(b"\x21" * 64),  # pad 33
        raw(b"\xc8" * 64),  # pad 200
        raw(b"x" * 31 + b"\x02" + b"x" * 31 + b"\x02"),  # pad bytes that differ
        raw(b"\x20" * 32),  # nothing but padding
        raw(b"r" * 16 + b"\xff\xff\xff\xff" + b"y" * 10 + b"\x02" * 2),
        raw(WHOLE.replace(APP_ID.encode(), b"wx0000000000000000") + b"\x14" * 20),
        encrypt(b"<xml/>", read_key(AES_KEY), APP_ID, random=b"r" * 16)[:-4],
    ],
)
def test_a_broken_cipher_text_is_refused(encrypted: str) -> None:
    with pytest.raises(Refused):
        decrypt(encrypted, read_key(AES_KEY), APP_ID)


BOMB = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><xml><ToUserName>&b;</ToUserName></xml>'


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{}",
        b"<xml>",
        b"<html></html>",
        b"<xml><A>1</A><A>2</A></xml>",
        b"<xml>&unknown;</xml>",
        b"\xff\xfe<xml/>",
        b"<xml>" + b"<a>" * 30 + b"</a>" * 30 + b"</xml>",
        b"<xml>" + b"".join(b"<a%d/>" % number for number in range(500)) + b"</xml>",
        b"<xml><a>\x0b</a></xml>",
        BOMB,
        b"<xml>" + b"x" * 70_000 + b"</xml>",
    ],
)
def test_xml_that_is_not_plain_is_refused(content: bytes) -> None:
    with pytest.raises(Refused):
        read_xml(content)


@given(st.binary(max_size=400))
def test_no_bytes_are_anything_but_read_or_refused(content: bytes) -> None:
    with contextlib.suppress(Refused):
        read_inbound(read_xml(content))


@given(
    st.dictionaries(
        st.sampled_from(["MsgType", "Event", "FromUserName", "ToUserName", "CreateTime", "MsgId"]), st.text()
    )
)
def test_no_fields_are_anything_but_read_or_refused(fields: dict[str, str]) -> None:
    with contextlib.suppress(Refused):
        read_inbound(fields)


@pytest.mark.parametrize("created", [str(2**40), "9223372036854775807", "9999999999999999999"])
def test_a_time_that_no_clock_shows_is_refused(created: str) -> None:
    fields = {"FromUserName": "oA", "ToUserName": "gh", "CreateTime": created, "MsgType": "text", "MsgId": "1"}
    with pytest.raises(Refused):
        read_inbound(fields)


def test_the_longest_msgid_is_kept_whole() -> None:
    fields = {
        "FromUserName": "oA",
        "ToUserName": "gh",
        "CreateTime": "1",
        "MsgType": "text",
        "MsgId": "9223372036854775807",
    }
    assert read_inbound(fields).key == f"m:{fields['FromUserName']}:9223372036854775807"
