"""The merchants and the agent of the demo, all made up: one for each story that the procedures can take."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta

from service.accounts import (
    AgencyRecord,
    ClauseKind,
    ContractFacts,
    DemoDirectory,
    ServiceRecord,
    SettlementAccount,
    TerminalKind,
    TerminalRecord,
    TransactionRecord,
)
from service.platform.clock import CHINA
from service.platform.masking import luhn_holds

_CLAUSES: Mapping[ClauseKind, str] = {
    "deposit": "使用满6个月且机具完好退回的，可申请退还押金；以审核结果为准。",
    "channel": "通过本公司或与本公司签约的代理商办理的机具，适用本合同的退还条款。",
    "fees": "退还押金、撤机或注销以前，应结清已经发生的费用。",
    "dispute": "有未了结的争议交易的，先处理争议，再办理退还、撤机或注销。",
}
_FROZEN_CLAUSE = "首刷冻结的99元为机具押金，使用满6个月且机具完好退回的，可申请退还；以审核结果为准。"
_SIM_CLAUSE = "流量卡押金60元，停用后连同机具和流量卡退回的，可申请退还；以审核结果为准。"
_MODELS: Mapping[TerminalKind, str] = {
    "smart": "智能POS",
    "signature": "电签POS",
    "mobile": "移动POS",
    "classic": "传统POS",
    "speaker": "扫码音箱",
}


def add_merchants(directory: DemoDirectory, now: datetime) -> None:
    """Adds what is missing. Payments are of the last days before `now`, so each day brings new ones."""
    for add in (_spring, _ming, _ouyang, _peace, _coffee, _cobbler, _agent):
        add(directory, now)


def _spring(directory: DemoDirectory, now: datetime) -> None:
    """Nothing is open: what was taken today is settled already."""
    directory.add(
        merchant_id="d0000000000000000000000000000001",
        merchant_no="822100058120001",
        name="春风小吃店",
        owner_name="张春风",
        phone="13800138001",
        account=SettlementAccount("演示银行城南支行", "张春风", _demo_card("62220800010001")),
        fees_owed_fen=0,
        open_disputes=0,
        terminals=[
            _terminal("A1000001", "DEMO20250001", "smart", 19_900, now, days_ago=400, last_used=0),
            _terminal("A1000002", "DEMO20250002", "speaker", 0, now, days_ago=200, last_used=5),
        ],
        transactions=[
            _payment("A1000001", 1, 3_600, now),
            _payment("A1000001", 2, 5_800, now, days_ago=1),
            _payment("A1000001", 3, 12_800, now, days_ago=2, refunded_fen=2_800),
            _payment("A1000001", 4, 4_500, now, days_ago=4, refunded_fen=4_500),
            _payment("A1000002", 5, 1_800, now, days_ago=5),
        ],
    )


def _ming(directory: DemoDirectory, now: datetime) -> None:
    directory.add(
        merchant_id="d0000000000000000000000000000002",
        merchant_no="822290059430BCY",
        name="阿明五金店",
        owner_name="陈明",
        phone="13900139002",
        account=SettlementAccount("演示银行河东支行", "陈明", _demo_card("62148300020002")),
        fees_owed_fen=0,
        open_disputes=0,
        terminals=[_terminal("A2000001", "DEMO20240017", "classic", 29_900, now, days_ago=700)],
        services=_services(now),
    )


def _ouyang(directory: DemoDirectory, now: datetime) -> None:
    """Cannot close its account yet: today's money is not settled, and a payment is in dispute."""
    directory.add(
        merchant_id="d0000000000000000000000000000003",
        merchant_no="822584053110003",
        name="欧阳家电行",
        owner_name="欧阳家和",
        phone="13700137003",
        account=SettlementAccount("演示银行海港支行", "欧阳家和", _demo_card("62170000030003")),
        fees_owed_fen=0,
        open_disputes=1,
        terminals=[
            _terminal("A3000001", "DEMO20260101", "smart", 99_900, now, days_ago=90, last_used=0),
            _terminal("A3000002", "DEMO20260102", "smart", 99_900, now, days_ago=90, last_used=1, open_disputes=1),
        ],
        transactions=[
            _payment("A3000001", 1, 328_000, now, settled=False),
            _payment("A3000001", 2, 159_900, now, settled=False),
            _payment("A3000002", 3, 549_900, now, days_ago=1),
            _payment("A3000001", 4, 239_900, now, days_ago=3, refunded_fen=100_000),
            _payment("A3000002", 5, 89_900, now, days_ago=6, refunded_fen=89_900),
        ],
    )


def _peace(directory: DemoDirectory, now: datetime) -> None:
    """Owes fees on one of its terminals."""
    directory.add(
        merchant_id="d0000000000000000000000000000004",
        merchant_no="822301055330004",
        name="和平超市",
        owner_name="王和平",
        phone="13600136004",
        account=SettlementAccount("演示银行中山路支行", "王和平", _demo_card("62284800040004")),
        fees_owed_fen=3_600,
        open_disputes=0,
        terminals=[
            _terminal("A4000001", "DEMO20250041", "classic", 19_900, now, days_ago=500, last_used=0),
            _terminal(
                "A4000002", "DEMO20250042", "signature", 9_900, now, days_ago=300, last_used=3, fees_owed_fen=3_600
            ),
            _terminal("A4000003", "DEMO20250043", "speaker", 0, now, days_ago=300, last_used=0),
        ],
        services=_services(now),
        transactions=[
            _payment("A4000001", 1, 8_650, now, settled=False),
            _payment("A4000003", 2, 4_200, now),
            _payment("A4000001", 3, 26_800, now, days_ago=1, refunded_fen=6_800),
            _payment("A4000002", 4, 5_900, now, days_ago=3, refunded_fen=5_900),
            _payment("A4000001", 5, 13_250, now, days_ago=5),
        ],
    )


def _coffee(directory: DemoDirectory, now: datetime) -> None:
    """Has the two small deposits that merchants hear of last, and no settlement account on file."""
    directory.add(
        merchant_id="d0000000000000000000000000000005",
        merchant_no="822500058130005",
        name="小满咖啡馆",
        owner_name="林小满",
        phone="13500135005",
        account=None,
        fees_owed_fen=0,
        open_disputes=0,
        terminals=[
            _terminal("A5000001", "DEMO20260201", "signature", 9_900, now, days_ago=240, deposit_clause=_FROZEN_CLAUSE),
            _terminal(
                "A5000002",
                "DEMO20260202",
                "mobile",
                6_000,
                now,
                days_ago=60,
                deposit_clause=_SIM_CLAUSE,
                bought_properly=None,
            ),
        ],
    )


def _cobbler(directory: DemoDirectory, now: datetime) -> None:
    """Can close its account: no machine, nothing open."""
    directory.add(
        merchant_id="d0000000000000000000000000000006",
        merchant_no="822700057220006",
        name="老街修鞋铺",
        owner_name="周守本",
        phone="13300133006",
        account=SettlementAccount("演示银行老街支行", "周守本", _demo_card("62260000060006")),
        fees_owed_fen=0,
        open_disputes=0,
        terminals=[],
    )


def _agent(directory: DemoDirectory, now: datetime) -> None:
    today = now.astimezone(CHINA).date()
    directory.add(
        merchant_id="d00000000000000000000000000000a1",
        merchant_no="822900000000A01",
        name="宏达支付服务部",
        kind="agent",
        owner_name="高宏达",
        phone="13200132007",
        account=SettlementAccount("演示银行开发区支行", "高宏达", _demo_card("62260900070007")),
        fees_owed_fen=0,
        open_disputes=0,
        terminals=[],
        agency=AgencyRecord(
            contract_no="DEMO-DL-0001",
            signed_on=today - timedelta(days=770),
            deposit_fen=500_000,
            deposit_paid_on=today - timedelta(days=768),
            clause="合作终止、名下商户无未了结的投诉和欠费的，可申请退还代理押金；以审核结果为准。",
            ended_on=today - timedelta(days=40),
            transactions_fen=386_500_000,
        ),
    )


def _terminal(
    terminal_no: str,
    serial_no: str,
    kind: TerminalKind,
    deposit_fen: int,
    now: datetime,
    *,
    days_ago: int,
    last_used: int = 12,
    deposit_clause: str = _CLAUSES["deposit"],
    bought_properly: bool | None = True,
    fees_owed_fen: int = 0,
    open_disputes: int = 0,
) -> TerminalRecord:
    today = now.astimezone(CHINA).date()
    signed_on = today - timedelta(days=days_ago)
    return TerminalRecord(
        terminal_no=terminal_no,
        serial_no=serial_no,
        model=_MODELS[kind],
        kind=kind,
        status="active",
        deposit_fen=deposit_fen,
        bound_at=now - timedelta(days=days_ago),
        contract=ContractFacts(
            contract_no=f"DEMO-{terminal_no}",
            signed_on=signed_on,
            deposit_clause=deposit_clause if deposit_fen else None,
            deposit_paid_on=signed_on if deposit_fen else None,
            last_transaction_on=today - timedelta(days=last_used),
            bought_properly=bought_properly,
            fees_owed_fen=fees_owed_fen,
            open_disputes=open_disputes,
            clauses={**_CLAUSES, "deposit": deposit_clause},
        ),
    )


def _services(now: datetime) -> list[ServiceRecord]:
    today = now.astimezone(CHINA).date()
    on_since = {months: today - timedelta(days=30 * months - 15) for months in (3, 5, 8)}
    return [
        ServiceRecord(
            "data_fee",
            "流量费",
            9_900,
            "每年",
            on_since[8],
            9_900,
            clause="流量费每台每年99元，自激活之日起每年扣一次。",
        ),
        ServiceRecord(
            "membership", "会员费", 2_900, "每月", on_since[3], 8_700, clause="会员服务每月29元，商户可以随时停用。"
        ),
        ServiceRecord(
            "sms_fee", "短信费", 300, "每月", on_since[5], 1_500, clause="交易短信提醒每月3元，商户可以随时停用。"
        ),
        ServiceRecord("cloud_quickpass", "云闪付收款", 0, "每月", on_since[8], 0),
        ServiceRecord("no_password", "免密支付", 0, "每月", on_since[8], 0),
    ]


def _payment(
    terminal_no: str,
    slot: int,
    amount_fen: int,
    now: datetime,
    *,
    days_ago: int = 0,
    refunded_fen: int = 0,
    settled: bool = True,
) -> TransactionRecord:
    """The same slot on the same day is the same payment."""
    here = now.astimezone(CHINA)
    midnight = datetime.combine(here.date(), time(), CHINA)
    past = here - midnight  # of today only what is over: nothing was paid in the future
    at = (
        midnight + past * slot / 6 if days_ago == 0 else midnight - timedelta(days=days_ago) + timedelta(hours=8 + slot)
    )
    return TransactionRecord(
        reference=f"JY{at:%y%m%d}{terminal_no}{slot}",
        voucher_no=f"{at:%m%d}{slot:02}",
        terminal_no=terminal_no,
        at=at,
        amount_fen=amount_fen,
        refunded_fen=refunded_fen,
        card_tail=f"{terminal_no[1]}{slot:03}",
        settled=settled,
    )


def _demo_card(first_digits: str) -> str:
    """A made-up account: 18 digits and the check digit that makes it a well-formed one."""
    body = first_digits.ljust(18, "0")
    return next(number for digit in range(10) if luhn_holds(number := f"{body}{digit}"))
