"""A small acquirer over real HTTP: checks our signatures, signs its answers, and misbehaves when it is told to."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Literal

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key

from service.cases.payout import signing
from service.cases.payout.acquirer import CODE_OK, AcquirerAccess
from service.platform.clock import Clock

NOT_THERE = "BBS11112"
SHUT = "BBS11105"

Mood = Literal["well", "silent before", "silent after", "garbage", "unsigned", "broken", "of another"]


@cache
def _key(_whose: str) -> RSAPrivateKey:
    """Making one takes long."""
    return generate_private_key(65537, 2048)


@dataclass
class FakeAcquirer:
    clock: Clock
    ours: RSAPrivateKey = field(default_factory=lambda: _key("ours"))
    theirs: RSAPrivateKey = field(default_factory=lambda: _key("theirs"))
    url: str = ""
    mood: Mood = "well"
    refuses_with: str = ""
    state: str = "SUCCESS"
    """What an order is when it is asked about."""
    orders: dict[str, dict[str, Any]] = field(default_factory=dict)
    calls: list[str] = field(default_factory=list)
    refused: int = 0
    """Requests whose signature was not ours."""

    def access(self, *, key: RSAPrivateKey | None = None, timeout_seconds: float = 0.5) -> AcquirerAccess:
        return AcquirerAccess(
            url=self.url,
            app_id="OP00000003",
            serial_no="00dfba8194c41b84cf",
            merchant_no="82229007392000A",
            term_no="D9296400",
            key=key or self.ours,
            their_key=self.theirs.public_key(),
            timeout_seconds=timeout_seconds,
            codes={NOT_THERE: "not_found", SHUT: "abnormal"},
        )

    def notice(
        self, refund_no: str, state: str = "SUCCESS", *, at: datetime | None = None
    ) -> tuple[dict[str, str], bytes]:
        """Headers and body of a notice, as they would send it at that moment."""
        order = self.orders[refund_no]
        content = {"out_trade_no": refund_no, "trade_state": state, "trade_no": "T1", "txn_amt": order["txn_amt"]}
        body = json.dumps(content).encode()
        signed = signing.sign(self.theirs, body, now=at or self.clock.now())
        fields = f'timestamp="{signed.timestamp}",nonce_str="{signed.nonce}",signature="{signed.signature}"'
        return {"Authorization": f"{signing.SCHEME} {fields}"}, body

    def answer(self, path: str, authorization: str, body: bytes) -> dict[str, Any]:
        self.calls.append(path)
        signed = signing.read_authorization(authorization)
        if signed is None or not signing.is_genuine(self.ours.public_key(), signed, body, now=self.clock.now()):
            self.refused += 1
            return {"code": "BBS00001", "msg": "验签失败"}
        data = json.loads(body)["req_data"]
        refund_no = data["out_trade_no"]
        if self.refuses_with:
            return {"code": self.refuses_with, "msg": "账户 6222020000000000000 状态异常"}
        if path.endswith("query"):
            if refund_no not in self.orders:
                return {"code": NOT_THERE, "msg": "订单不存在"}
            return self._ok(refund_no, self.state)
        if self.mood != "silent before":
            self.orders.setdefault(refund_no, data)
        return self._ok(refund_no, "INIT")

    def _ok(self, refund_no: str, state: str) -> dict[str, Any]:
        named = "somebody-elses" if self.mood == "of another" else refund_no
        data = {"out_trade_no": named, "trade_no": "T1", "trade_state": state}
        order = self.orders.get(refund_no, {})
        return {"code": CODE_OK, "msg": "成功", "resp_data": {**data, "txn_amt": order.get("txn_amt")}}


@contextmanager
def running(acquirer: FakeAcquirer) -> Iterator[FakeAcquirer]:
    released = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            answer = acquirer.answer(self.path, self.headers.get("Authorization", ""), body)
            if acquirer.mood in ("silent before", "silent after"):
                released.wait(5)
                return
            content = b"<html>502" if acquirer.mood == "garbage" else json.dumps(answer).encode()
            self.send_response(502 if acquirer.mood == "broken" else 200)
            if acquirer.mood != "unsigned":
                signed = signing.sign(
                    acquirer.theirs, content, now=acquirer.clock.now(), app_id="OP00000003", serial_no="1"
                )
                self.send_header("Lklapi-Appid", signed.app_id)
                self.send_header("Lklapi-Serial", signed.serial_no)
                self.send_header("Lklapi-Timestamp", signed.timestamp)
                self.send_header("Lklapi-Nonce", signed.nonce)
                self.send_header("Lklapi-Signature", signed.signature)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    acquirer.url = f"http://127.0.0.1:{server.server_address[1]}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield acquirer
    finally:
        released.set()
        server.shutdown()
        server.server_close()
