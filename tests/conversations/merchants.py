"""Merchants made to measure: each story has one of its own, put into the directory while the product runs."""

import itertools
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from service.accounts import (
    AgencyRecord,
    ContractFacts,
    DemoDirectory,
    PartyKind,
    ServiceRecord,
    SettlementAccount,
    TerminalKind,
    TerminalRecord,
    TransactionRecord,
)
from service.platform.context import create_platform
from service.platform.settings import load_settings

_NUMBERS = itertools.count(1)
_MODELS: dict[TerminalKind, str] = {
    "smart": "智能POS",
    "signature": "电签POS",
    "mobile": "移动POS",
    "classic": "传统POS",
    "speaker": "扫码音箱",
}
_TODAY = datetime.now(UTC).date()
_CLAUSE = "使用满6个月且机具完好退回的，可申请退还押金；以审核结果为准。"


@dataclass(frozen=True)
class Party:
    """Who a story is about."""

    merchant_no: str
    name: str
    owner: str
    phone: str


class Directory:
    """The acquirer's directory of this running product."""

    def __init__(self, data_dir: Path) -> None:
        lines = (data_dir / "demo.env").read_text(encoding="utf-8").splitlines()
        pairs = dict(line.split("=", 1) for line in lines if "=" in line and not line.startswith("#"))
        settings = load_settings({**{name.lower(): value for name, value in pairs.items()}, "data_dir": data_dir})
        platform = create_platform(settings)
        self._directory = DemoDirectory(platform.database, platform.cipher, platform.blind_index, platform.clock)

    def add(
        self,
        *,
        kind: PartyKind = "merchant",
        account: str | None = "6222620000000000018",
        terminals: Sequence[TerminalRecord] = (),
        services: Sequence[ServiceRecord] = (),
        transactions: Sequence[TransactionRecord] = (),
        agency: AgencyRecord | None = None,
        fees_owed_fen: int = 0,
    ) -> Party:
        """Adds somebody who has this; `account` is the number of the settlement account on file."""
        number = next(_NUMBERS)
        party = Party(f"8229000{number:08}", f"故事商户{number}号", "王故事", f"139{number:08}")
        self._directory.add(
            merchant_id=uuid.uuid4().hex,
            merchant_no=party.merchant_no,
            name=party.name,
            owner_name=party.owner,
            phone=party.phone,
            kind=kind,
            account=SettlementAccount("演示银行故事支行", party.owner, account) if account else None,
            terminals=terminals,
            fees_owed_fen=fees_owed_fen,
            open_disputes=0,
            services=services,
            transactions=transactions,
            agency=agency,
        )
        return party


def terminal(
    kind: TerminalKind,
    deposit_fen: int = 0,
    *,
    bought_properly: bool | None = True,
    fees_owed_fen: int = 0,
    open_disputes: int = 0,
) -> TerminalRecord:
    """A machine in use."""
    number = next(_NUMBERS)
    signed_on = _TODAY - timedelta(days=400)
    return TerminalRecord(
        terminal_no=f"T{number:07}",
        serial_no=f"STORY{number:08}",
        model=_MODELS[kind],
        kind=kind,
        status="active",
        deposit_fen=deposit_fen,
        bound_at=datetime.now(UTC) - timedelta(days=400),
        contract=ContractFacts(
            contract_no=f"STORY-{number}",
            signed_on=signed_on,
            deposit_clause=_CLAUSE if deposit_fen else None,
            deposit_paid_on=signed_on if deposit_fen else None,
            last_transaction_on=_TODAY - timedelta(days=12),
            bought_properly=bought_properly,
            fees_owed_fen=fees_owed_fen,
            open_disputes=open_disputes,
            clauses={"channel": "通过签约渠道办理的机具适用本条。", "fees": "退还以前应结清费用。"},
        ),
    )


def service(title: str, *, charged_fen: int = 0) -> ServiceRecord:
    """A service that is on; its fee is what was charged last."""
    number = next(_NUMBERS)
    started_on = _TODAY - timedelta(days=200)
    return ServiceRecord(f"service_{number}", title, charged_fen, "每年", started_on, charged_fen)


def payment(amount_fen: int, *, settled: bool = True) -> TransactionRecord:
    """Something that a customer paid: today's when it is not settled yet."""
    number = next(_NUMBERS)
    return TransactionRecord(
        reference=f"JYSTORY{number:05}",
        voucher_no=f"{number:06}",
        terminal_no="T0000000",
        at=datetime.now(UTC) - (timedelta(days=2) if settled else timedelta()),
        amount_fen=amount_fen,
        refunded_fen=0,
        card_tail=f"{number:04}",
        settled=settled,
    )


def agency(deposit_fen: int = 500_000) -> AgencyRecord:
    """An agent's contract that has ended."""
    number = next(_NUMBERS)
    return AgencyRecord(
        contract_no=f"STORY-DL-{number}",
        signed_on=_TODAY - timedelta(days=800),
        deposit_fen=deposit_fen,
        deposit_paid_on=_TODAY - timedelta(days=790),
        clause="合作终止、没有未了结的投诉和欠费的，可申请退还代理押金；以审核结果为准。",
        ended_on=_TODAY - timedelta(days=40),
        transactions_fen=386_500_000,
    )
