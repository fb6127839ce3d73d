"""The demo's merchants: enough for the story of every procedure, today as on any other day."""

from datetime import datetime

import pytest

from service.accounts import AccountStanding, MerchantDirectory, MerchantRecord, TransactionRecord
from service.demo import load_demo
from service.platform.clock import CHINA, FixedClock
from tests.service.builders import AGENT, COBBLER, COFFEE, MING, OUYANG, PEACE, SPRING, SPRING_PHONE, World

BUSY = (SPRING, OUYANG, PEACE)


def known(directory: MerchantDirectory, merchant_no: str) -> MerchantRecord:
    merchant = directory.find(merchant_no)
    assert merchant is not None
    return merchant


def taken(world: World, merchant_no: str) -> list[TransactionRecord]:
    directory = world.accounts.directory
    return directory.transactions(known(directory, merchant_no).id)


def left(payment: TransactionRecord) -> int:
    return payment.amount_fen - payment.refunded_fen


def test_the_demo_may_be_loaded_again(world: World) -> None:
    directory = world.accounts.directory
    ming = known(directory, MING)
    directory.stop_service(ming.id, "sms_fee", reference="SQ1")
    before = [taken(world, merchant_no) for merchant_no in BUSY]
    load_demo(world.platform)
    assert [taken(world, merchant_no) for merchant_no in BUSY] == before
    assert [service.code for service in directory.services(ming.id) if service.status == "stopped"] == ["sms_fee"]
    spring = known(directory, SPRING)
    account = directory.settlement_account(spring.id)
    assert account is not None
    assert (spring.phone, account.holder_name) == (SPRING_PHONE, spring.owner_name)


@pytest.mark.parametrize("time", ["00:00:01", "10:00:00", "23:59:59"])
def test_at_any_hour_of_a_later_day_there_are_payments_of_that_day(lite: World, clock: FixedClock, time: str) -> None:
    now = datetime.fromisoformat(f"2026-12-01T{time}").replace(tzinfo=CHINA)
    clock.set(now)
    load_demo(lite.platform)
    for merchant_no in BUSY:
        today = [payment for payment in taken(lite, merchant_no) if payment.at.astimezone(CHINA).date() == now.date()]
        assert today
        assert all(payment.at < now for payment in today)


@pytest.mark.parametrize("merchant_no", BUSY)
def test_payments_are_whole_partly_refunded_and_refunded(lite: World, merchant_no: str) -> None:
    rest = {(left(payment) == 0, payment.refunded_fen > 0) for payment in taken(lite, merchant_no)}
    assert rest == {(False, False), (False, True), (True, True)}


@pytest.mark.parametrize(
    ("merchant_no", "standing"),
    [
        (SPRING, AccountStanding(0, 0, 0)),
        (COBBLER, AccountStanding(0, 0, 0)),
        (OUYANG, AccountStanding(487_900, 0, 1)),
        (PEACE, AccountStanding(8_650, 3_600, 0)),
    ],
)
def test_what_accounts_have_open(lite: World, merchant_no: str, standing: AccountStanding) -> None:
    directory = lite.accounts.directory
    assert directory.standing(known(directory, merchant_no).id) == standing


@pytest.mark.parametrize("merchant_no", [SPRING, MING, OUYANG, PEACE, COFFEE])
def test_every_deposit_has_its_clause_and_every_machine_its_kind(lite: World, merchant_no: str) -> None:
    directory = lite.accounts.directory
    terminals = directory.terminals(known(directory, merchant_no).id)
    assert terminals
    for terminal in terminals:
        contract = terminal.contract
        assert {"deposit", "channel", "fees", "dispute"} == set(contract.clauses)
        assert contract.deposit_clause == (contract.clauses["deposit"] if terminal.deposit_fen else None)


def test_the_machines_of_the_stories_are_there(lite: World) -> None:
    directory = lite.accounts.directory
    owing = [
        terminal for terminal in directory.terminals(known(directory, PEACE).id) if terminal.contract.fees_owed_fen
    ]
    assert [terminal.terminal_no for terminal in owing] == ["A4000002"]
    coffee = known(directory, COFFEE)
    kinds = {terminal.kind: terminal.deposit_fen for terminal in directory.terminals(coffee.id)}
    assert kinds == {"signature": 9_900, "mobile": 6_000}
    assert directory.settlement_account(coffee.id) is None
    assert directory.terminals(known(directory, COBBLER).id) == []


@pytest.mark.parametrize("merchant_no", [MING, PEACE])
def test_services_are_on_with_what_they_cost_so_far(lite: World, merchant_no: str) -> None:
    directory = lite.accounts.directory
    services = directory.services(known(directory, merchant_no).id)
    assert {(service.title, service.fee_fen, service.period, service.charged_fen) for service in services} == {
        ("流量费", 9_900, "每年", 9_900),
        ("会员费", 2_900, "每月", 8_700),
        ("短信费", 300, "每月", 1_500),
        ("云闪付收款", 0, "每月", 0),
        ("免密支付", 0, "每月", 0),
    }
    assert {service.status for service in services} == {"on"}


def test_the_agent_has_an_ended_contract_a_deposit_and_an_account(world: World) -> None:
    directory = world.accounts.directory
    agent = known(directory, AGENT)
    agency = directory.agency(agent.id)
    account = directory.settlement_account(agent.id)
    assert agency is not None
    assert account is not None
    assert (agent.name, agent.kind) == ("宏达支付服务部", "agent")
    assert (agency.deposit_fen, agency.ended_on is not None) == (500_000, True)
    assert account.holder_name == agent.owner_name
    assert directory.agency(known(directory, SPRING).id) is None


def test_the_page_of_the_demo_lists_merchants_and_the_agent(lite: World) -> None:
    listed = {row["merchant_no"]: row["party"] for row in lite.client.get("/demo/info").json()["merchants"]}
    assert listed == {
        **dict.fromkeys((SPRING, MING, OUYANG, PEACE, COFFEE, COBBLER), "merchant"),
        AGENT: "agent",
    }
