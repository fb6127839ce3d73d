"""What users and people of 企业微信 do; each act is kept to be fetched, and rings a bell that may be lost."""

import secrets
from collections.abc import Callable
from typing import Any

from tests.wechat.emulator.envelope import Envelope, xml_of
from tests.wechat.emulator.pushing import Response
from tests.wechat.emulator.wecom.api import WELCOME_SECONDS
from tests.wechat.emulator.wecom.world import ENDED, HUMAN, NEW, WINDOW_SECONDS, Corporation, Customer
from tests.wechat.emulator.world import Seen

Deliver = Callable[[dict[str, str], bytes], Response | None]


class Desk:
    def __init__(self, corporation: Corporation, envelope: Envelope, deliver: Deliver) -> None:
        self.corporation = corporation
        self.envelope = envelope
        self._deliver = deliver

    # --- what users do ---

    def text(self, customer: Customer, content: str) -> None:
        self._wrote(customer, content, "text", {"content": content})

    def media(self, customer: Customer, kind: str, content: bytes, content_type: str) -> None:
        media_id = self.corporation.keep_media(content, content_type)
        self._wrote(customer, f"［{kind}］", kind, {"media_id": media_id})

    def other(self, customer: Customer, kind: str, **content: Any) -> None:
        self._wrote(customer, f"［{kind}］", kind, content)

    def enter(self, customer: Customer) -> None:
        """A welcome is allowed to whom nobody welcomed, and who has not written, for 48 hours."""
        now = self.corporation.now()
        news = [at for at in (customer.welcomed_at, customer.wrote_at) if at is not None and at > now - WINDOW_SECONDS]
        code = {} if news else {"welcome_code": secrets.token_urlsafe(16)}
        if code:
            self.corporation.codes[code["welcome_code"]] = (customer, now + WELCOME_SECONDS)
        self._event(customer, "enter_session", scene="123", **code)

    # --- what people of 企业微信 do ---

    def people_take(self, customer: Customer) -> None:
        customer.state = HUMAN
        self._event(customer, "session_status_change", change_type=1, new_servicer_userid="zhangsan")

    def people_write(self, customer: Customer, content: str) -> None:
        customer.chat.append(Seen(self.corporation.now(), "people", content))
        self._keep(customer, 5, "text", {"content": content}, servicer_userid="zhangsan")

    def people_end(self, customer: Customer) -> None:
        customer.state = ENDED
        self._event(customer, "session_status_change", change_type=3, old_servicer_userid="zhangsan")

    def undelivered(self, customer: Customer, msgid: str, reason: int) -> None:
        self._event(customer, "msg_send_fail", fail_msgid=msgid, fail_type=reason)

    # --- bells ---

    def ring(self, open_kfid: str) -> Response | None:
        return self._deliver(*self.parcel(open_kfid))

    def parcel(self, open_kfid: str, **changes: str) -> tuple[dict[str, str], bytes]:
        fields = {
            "ToUserName": self.corporation.corp_id,
            "CreateTime": str(int(self.corporation.now())),
            "MsgType": "event",
            "Event": "kf_msg_or_event",
            "Token": self.corporation.new_bell(open_kfid),
            "OpenKfId": open_kfid,
            **changes,
        }
        return self.sealed(xml_of(fields))

    def sealed(self, inner: bytes) -> tuple[dict[str, str], bytes]:
        locked = self.envelope.lock(inner)
        query = self.signed(locked)
        return query, xml_of({"ToUserName": self.corporation.corp_id, "AgentID": "1000002", "Encrypt": locked})

    def signed(self, locked: str) -> dict[str, str]:
        timestamp, nonce = str(int(self.corporation.now())), str(secrets.randbelow(10**9))
        signature = self.envelope.signature(timestamp, nonce, locked)
        return {"timestamp": timestamp, "nonce": nonce, "msg_signature": signature}

    def _wrote(self, customer: Customer, shown: str, kind: str, content: dict[str, Any]) -> None:
        now = self.corporation.now()
        customer.chat.append(Seen(now, "user", shown))
        customer.wrote_at, customer.sent_since = now, 0
        if customer.state == ENDED:
            customer.state = NEW
        self._keep(customer, 3, kind, content)

    def _keep(self, customer: Customer, origin: int, kind: str, content: dict[str, Any], **more: str) -> None:
        common = {"open_kfid": customer.open_kfid, "external_userid": customer.userid}
        self.corporation.keep(customer.open_kfid, {**common, "origin": origin, "msgtype": kind, kind: content, **more})

    def _event(self, customer: Customer, kind: str, **more: Any) -> None:
        self.corporation.keep_event(customer.open_kfid, kind, external_userid=customer.userid, **more)
