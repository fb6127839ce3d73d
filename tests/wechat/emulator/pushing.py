"""The push side: what users do is told to the product, three tries of five seconds each, and every answer is judged."""

import itertools
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.wechat.emulator.envelope import Envelope, xml_of
from tests.wechat.emulator.world import FAILURE, Seen, World

TRIES = 3
SECONDS = 5.0
ACCOUNT = "gh_0123456789ab"
MAX_REPLY = 2_047


@dataclass(frozen=True)
class Response:
    status: int
    content: bytes


Deliver = Callable[[dict[str, str], bytes], Response | None]
"""Brings a push to the product; None when nothing came back."""


@dataclass
class Push:
    """One push on its way, until it is answered or given up."""

    openid: str
    fields: dict[str, str]
    tries: int = 0
    over: bool = False
    latencies: list[float] = field(default_factory=list)


class Pusher:
    def __init__(self, world: World, envelope: Envelope, deliver: Deliver, *, safe: bool = True) -> None:
        self.world = world
        self.envelope = envelope
        self._deliver = deliver
        self._safe = safe
        self._numbers = itertools.count(7_000_000_000_000_000_001)

    def carry_by(self, deliver: Deliver) -> None:
        self._deliver = deliver

    # --- what users do ---

    def text(self, openid: str, content: str) -> Push:
        self._wrote(openid, content)
        return self._message(openid, "text", Content=content)

    def image(self, openid: str, content: bytes, content_type: str = "image/jpeg") -> Push:
        self._wrote(openid, "［图片］")
        media_id = self.world.keep_media(content, content_type)
        address = self.world.show_picture(content, content_type)
        return self._message(openid, "image", PicUrl=address, MediaId=media_id)

    def voice(self, openid: str, content: bytes) -> Push:
        """Nobody has recognised it: that was given up in 2023."""
        media_id = self.world.keep_media(content, "audio/amr")
        return self.other(openid, "voice", MediaId=media_id, Format="amr", Recognition="")

    def other(self, openid: str, kind: str, **fields: str) -> Push:
        self._wrote(openid, f"［{kind}］")
        return self._message(openid, kind, **fields)

    def event(self, openid: str, name: str, key: str = "") -> Push:
        follower = self.world.follower(openid)
        now = self.world.now()
        if name == "unsubscribe":
            follower.follows = False
        elif name in ("subscribe", "SCAN", "CLICK"):
            follower.follows = True
            follower.may("event", 3, now + 60)
        return Push(openid, self._common(openid, "event", Event=name, EventKey=key))

    def scan(self, openid: str, ticket: str) -> Push:
        """Who does not follow yet is asked to, and follows."""
        scene, known = self.world.scenes[ticket], self.world.followers.get(openid)
        if known is not None and known.follows:
            return self.event(openid, "SCAN", scene)
        return self.event(openid, "subscribe", f"qrscene_{scene}")

    # --- how it is told ---

    def try_once(self, push: Push, *, lose: bool = False) -> bool:
        """One try; True when it is over. With `lose` the answer is lost on its way back."""
        push.tries += 1
        started = self.world.now()
        response = self._deliver(*self.parcel(push.fields))
        took = self.world.now() - started
        push.latencies.append(took)
        if response is not None and not lose and took <= SECONDS:
            self.judge(push.openid, response)
            push.over = True
        elif push.tries >= TRIES:
            self._fail(push.openid)
            push.over = True
        return push.over

    def deliver_unheard(self, push: Push) -> None:
        """The same push a second time, whose answer reaches nobody."""
        self._deliver(*self.parcel(push.fields))

    def parcel(self, fields: dict[str, str]) -> tuple[dict[str, str], bytes]:
        timestamp, nonce = str(int(self.world.now())), str(secrets.randbelow(10**9))
        query = {"timestamp": timestamp, "nonce": nonce, "openid": fields["FromUserName"]}
        query["signature"] = self.envelope.signature(timestamp, nonce)
        if not self._safe:
            return query, xml_of(fields)
        locked = self.envelope.lock(xml_of(fields))
        query |= {"encrypt_type": "aes", "msg_signature": self.envelope.signature(timestamp, nonce, locked)}
        return query, xml_of({"ToUserName": fields["ToUserName"], "Encrypt": locked})

    def judge(self, openid: str, response: Response) -> None:
        """Anything that is not exactly right is the sentence that nobody shall see."""
        if response.status == 200 and response.content in (b"success", b""):
            return
        try:
            text = self._read(openid, response)
        except (ValueError, KeyError, SyntaxError):
            self._fail(openid)
        else:
            self.world.follower(openid).chat.append(Seen(self.world.now(), "passive", text))

    def _read(self, openid: str, response: Response) -> str:
        if response.status != 200:
            raise ValueError("not a 200")
        reply = self.envelope.open_reply(response.content)
        if reply["ToUserName"] != openid or reply["FromUserName"] != ACCOUNT or reply["MsgType"] != "text":
            raise ValueError("not to whom it should be")
        if not 0 < len(reply["Content"].encode()) <= MAX_REPLY or not reply["CreateTime"].isdigit():
            raise ValueError("too long, empty, or without a time")
        return reply["Content"]

    def _fail(self, openid: str) -> None:
        self.world.follower(openid).chat.append(Seen(self.world.now(), "failure", FAILURE))

    def _wrote(self, openid: str, content: str) -> None:
        follower = self.world.follower(openid)
        follower.may("message", 5, self.world.now() + 48 * 3_600)
        follower.chat.append(Seen(self.world.now(), "user", content))

    def _message(self, openid: str, kind: str, **fields: str) -> Push:
        return Push(openid, self._common(openid, kind, MsgId=str(next(self._numbers)), **fields))

    def _common(self, openid: str, kind: str, **fields: str) -> dict[str, str]:
        return {
            "ToUserName": ACCOUNT,
            "FromUserName": openid,
            "CreateTime": str(int(self.world.now())),
            "MsgType": kind,
            **fields,
        }
