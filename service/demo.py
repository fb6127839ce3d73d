"""`python -m service.demo`: made-up merchants, terminals and staff to try things out; may be run again."""

import os
import sys
from datetime import timedelta
from pathlib import Path

from service.accounts import (
    ContractFacts,
    DemoDirectory,
    Role,
    SettlementAccount,
    StaffAccounts,
    TerminalRecord,
)
from service.platform.clock import Clock
from service.platform.context import Platform, create_platform
from service.platform.masking import luhn_holds
from service.platform.settings import Settings, SettingsError, get_settings

_CLAUSE = "使用满6个月且机具完好退回的，可申请退还押金；以审核结果为准。"
_STAFF: dict[str, tuple[str, Role]] = {
    "reviewer": ("审核员小林", "reviewer"),
    "payer": ("出纳小周", "payer"),
    "lead": ("主管老吴", "lead"),
}


def load_demo(platform: Platform) -> dict[str, str]:
    """Adds what is missing; gives the staff's logins with their passwords."""
    directory = DemoDirectory(platform.database, platform.cipher, platform.blind_index, platform.clock)
    _add_merchants(directory, platform.clock)
    staff = StaffAccounts(platform)
    logins = platform.settings.staff_demo_logins
    for login, (name, role) in _STAFF.items():
        if login in logins:
            staff.add(login=login, name=name, role=role, password=logins[login])
    return {login: password for login, password in logins.items() if login in _STAFF}


def _add_merchants(directory: DemoDirectory, clock: Clock) -> None:
    directory.add(
        merchant_id="d0000000000000000000000000000001",
        merchant_no="822100058120001",
        name="春风小吃店",
        owner_name="张春风",
        phone="13800138001",
        account=SettlementAccount("演示银行城南支行", "张春风", _demo_card("62220800010001")),
        terminals=[
            _terminal("A1000001", "DEMO20250001", "智能POS", 19_900, clock, days_ago=400),
            _terminal("A1000002", "DEMO20250002", "扫码音箱", 0, clock, days_ago=200),
        ],
    )
    directory.add(
        merchant_id="d0000000000000000000000000000002",
        merchant_no="822290059430BCY",
        name="阿明五金店",
        owner_name="陈明",
        phone="13900139002",
        account=SettlementAccount("演示银行河东支行", "陈明", _demo_card("62148300020002")),
        terminals=[_terminal("A2000001", "DEMO20240017", "传统POS", 29_900, clock, days_ago=700)],
    )
    directory.add(
        merchant_id="d0000000000000000000000000000003",
        merchant_no="822584053110003",
        name="欧阳家电行",
        owner_name="欧阳家和",
        phone="13700137003",
        account=SettlementAccount("演示银行海港支行", "欧阳家和", _demo_card("62170000030003")),
        terminals=[
            _terminal("A3000001", "DEMO20260101", "智能POS", 99_900, clock, days_ago=90),
            _terminal("A3000002", "DEMO20260102", "智能POS", 99_900, clock, days_ago=90),
        ],
    )
    directory.add(
        merchant_id="d0000000000000000000000000000004",
        merchant_no="822301055330004",
        name="和平超市",
        owner_name="王和平",
        phone="13600136004",
        account=SettlementAccount("演示银行中山路支行", "王和平", _demo_card("62284800040004")),
        terminals=[
            _terminal("A4000001", "DEMO20250041", "传统POS", 19_900, clock, days_ago=500),
            _terminal("A4000002", "DEMO20250042", "电签POS", 9_900, clock, days_ago=300),
            _terminal("A4000003", "DEMO20250043", "扫码音箱", 0, clock, days_ago=300),
        ],
    )


def _terminal(
    terminal_no: str, serial_no: str, model: str, deposit_fen: int, clock: Clock, *, days_ago: int
) -> TerminalRecord:
    now = clock.now()
    signed_on = now.date() - timedelta(days=days_ago)
    return TerminalRecord(
        terminal_no=terminal_no,
        serial_no=serial_no,
        model=model,
        status="active",
        deposit_fen=deposit_fen,
        bound_at=now - timedelta(days=days_ago),
        contract=ContractFacts(
            contract_no=f"DEMO-{terminal_no}",
            signed_on=signed_on,
            deposit_clause=_CLAUSE if deposit_fen else None,
            deposit_paid_on=signed_on if deposit_fen else None,
            last_transaction_on=now.date() - timedelta(days=12),
        ),
    )


def _demo_card(first_digits: str) -> str:
    """A made-up account: 18 digits and the check digit that makes it a well-formed one."""
    body = first_digits.ljust(18, "0")
    return next(number for digit in range(10) if luhn_holds(number := f"{body}{digit}"))


def write_logins(path: Path, logins: dict[str, str]) -> None:
    lines = [f"  Staff login  {login:<10} password {password}\n" for login, password in logins.items()]
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.writelines(lines)


def main() -> int:
    try:
        settings: Settings = get_settings()
    except SettingsError as error:
        print(error, file=sys.stderr)
        return 2
    if not settings.is_demo:
        print("ENV=production has no demo data: set ENV=demo to try things out.", file=sys.stderr)
        return 2
    write_logins(settings.data_dir / "demo-logins.txt", load_demo(create_platform(settings)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
