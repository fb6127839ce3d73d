"""Pays through the acquirer's open API: to an account by its payment service, back to a card by its refund service."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import httpx
import structlog
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey

from service.cases.payout import signing
from service.cases.payout.port import Notice, NoticeRejected, PayoutAnswer, PayoutOrder, Route, Verdict
from service.cases.payout.signing import Signed
from service.cases.workdays import china_time
from service.platform.clock import Clock

ACQUIRER = "acquirer"
CODE_OK = "BBS00000"

CodeMeaning = Literal["failed", "abnormal", "not_found"]

_PATHS: dict[Route, tuple[str, str]] = {
    "account": ("/api/v3/ipsdf/paid/pay", "/api/v3/ipsdf/paid/query"),
    "original": ("/api/v3/rfd/refund_front/refund", "/api/v3/rfd/refund_front/refund_query"),
}
"""Where to order and where to ask, by the way that the money takes."""

_STATES = {
    "INIT": Verdict.ACCEPTED,
    "CREATE": Verdict.ACCEPTED,
    "DEAL": Verdict.ACCEPTED,
    "SUCCESS": Verdict.PAID,
    "FAIL": Verdict.FAILED,
    "CLOSE": Verdict.FAILED,
}
"""Every other state, UNKNOWN first of all, means: ask again. It is never taken for a failure."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True, repr=False)
class AcquirerAccess:
    """Who we are there, and how both sides prove themselves."""

    url: str
    app_id: str
    serial_no: str
    merchant_no: str
    term_no: str
    key: RSAPrivateKey
    their_key: RSAPublicKey
    timeout_seconds: float
    codes: Mapping[str, CodeMeaning]
    """What return codes mean that settle an order; all others mean that we do not know."""


class AcquirerPayout:
    name = ACQUIRER

    def __init__(self, access: AcquirerAccess, clock: Clock) -> None:
        self._access = access
        self._clock = clock
        self._http = httpx.Client(base_url=access.url, timeout=access.timeout_seconds, follow_redirects=False)

    def pay(self, order: PayoutOrder) -> PayoutAnswer:
        path, _query = _PATHS[order.route]
        return self._call(path, {**self._us(order.refund_no), **_asked_for(order)}, order.refund_no)

    def query(self, refund_no: str, *, route: Route = "account") -> PayoutAnswer:
        _pay, path = _PATHS[route]
        return self._call(path, self._us(refund_no), refund_no)

    def read_notice(self, headers: Mapping[str, str], body: bytes) -> Notice:
        signed = signing.read_authorization(headers.get("authorization", ""))
        if signed is None or not signing.is_genuine(self._access.their_key, signed, body, now=self._clock.now()):
            raise NoticeRejected("the signature is missing, wrong or too old")
        content = _json(body)
        refund_no = content.get("out_trade_no")
        if not isinstance(refund_no, str):
            raise NoticeRejected("it names no order")
        return Notice(refund_no, _told(content))

    def _us(self, refund_no: str) -> dict[str, Any]:
        return {"merchant_no": self._access.merchant_no, "term_no": self._access.term_no, "out_trade_no": refund_no}

    def _call(self, path: str, data: Mapping[str, Any], refund_no: str) -> PayoutAnswer:
        """Whatever is not a signed answer that can be understood leaves us not knowing."""
        now = self._clock.now()
        request_time = f"{china_time(now):%Y%m%d%H%M%S}"
        envelope = {"req_time": request_time, "version": "3.0", "req_data": data}
        body = json.dumps(envelope, ensure_ascii=False).encode()
        access = self._access
        authorization = signing.authorization(
            access.key, body, app_id=access.app_id, serial_no=access.serial_no, now=now
        )
        headers = {"Authorization": authorization, "Content-Type": "application/json", "Accept": "application/json"}
        try:
            response = self._http.post(path, content=body, headers=headers)
        except httpx.HTTPError as error:
            log.warning("payout.acquirer_away", refund_no=refund_no, error=type(error).__name__)
            return PayoutAnswer(Verdict.UNKNOWN)
        if not self._is_theirs(response):
            log.warning("payout.acquirer_unreadable", refund_no=refund_no, status=response.status_code)
            return PayoutAnswer(Verdict.UNKNOWN)
        return self._understood(_json(response.content), refund_no)

    def _is_theirs(self, response: httpx.Response) -> bool:
        signed = Signed(
            timestamp=response.headers.get("Lklapi-Timestamp", ""),
            nonce=response.headers.get("Lklapi-Nonce", ""),
            signature=response.headers.get("Lklapi-Signature", ""),
            app_id=response.headers.get("Lklapi-Appid", ""),
            serial_no=response.headers.get("Lklapi-Serial", ""),
        )
        if response.status_code != httpx.codes.OK or signed.app_id != self._access.app_id:
            return False
        return signing.is_genuine(self._access.their_key, signed, response.content, now=self._clock.now())

    def _understood(self, answer: Mapping[str, Any], refund_no: str) -> PayoutAnswer:
        code, data = str(answer.get("code", "")), answer.get("resp_data")
        if code == CODE_OK and isinstance(data, dict):
            # An answer about another order, however genuine, says nothing about this one.
            return _told(data) if data.get("out_trade_no") == refund_no else PayoutAnswer(Verdict.UNKNOWN)
        meaning = self._access.codes.get(code)
        if meaning is None:
            log.warning("payout.acquirer_code", refund_no=refund_no, code=code)
            return PayoutAnswer(Verdict.UNKNOWN)
        return PayoutAnswer(Verdict(meaning), reason=str(answer.get("msg") or "") or None)


def _asked_for(order: PayoutOrder) -> dict[str, Any]:
    """Amounts are texts of whole 分 there as well."""
    if order.route == "original":
        return {"refund_amount": str(order.amount_fen), "origin_trade_no": order.account_no}
    payee = {
        "identity_type": "OutBankCard",
        "acct_name": order.holder,
        "bank_name": order.bank,
        "acct_no": order.account_no,
    }
    return {"txn_amt": str(order.amount_fen), "period_type": "D0", "payer_info": payee}


def _told(content: Mapping[str, Any]) -> PayoutAnswer:
    verdict = _STATES.get(str(content.get("trade_state", "")), Verdict.UNKNOWN)
    amount = str(content.get("txn_amt") or content.get("refund_amount") or "")
    return PayoutAnswer(
        verdict,
        channel_no=str(content.get("trade_no") or content.get("log_no") or "")[:64] or None,
        reason=str(content.get("trade_state_desc") or "") or None if verdict == Verdict.FAILED else None,
        amount_fen=int(amount) if amount.isdecimal() and len(amount) < 16 else None,
    )


def _json(content: bytes) -> dict[str, Any]:
    try:
        found = json.loads(content)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
