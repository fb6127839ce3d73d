"""The directory on our tables: what it tells of a merchant, and changes that happen once however often asked for."""

from datetime import UTC, datetime, timedelta

import pytest
from alembic import command
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from service.accounts import (
    AccountStanding,
    DemoDirectory,
    MerchantDirectory,
    MerchantRecord,
    MerchantUnknown,
    ServiceUnknown,
    TerminalUnknown,
    TransactionRecord,
)
from service.migrate import alembic_config, migrate
from service.platform.clock import FixedClock
from service.platform.database import Database
from service.platform.ids import new_id, random_code
from tests.service.builders import COBBLER, MING, OUYANG, SPRING, SPRING_PHONE, World

TEN_IN_THE_MORNING = datetime(2026, 11, 23, 2, tzinfo=UTC)  # in China, the moment at which the test clock stands


def known(directory: MerchantDirectory, merchant_no: str) -> MerchantRecord:
    merchant = directory.find(merchant_no)
    assert merchant is not None
    return merchant


def one(world: World, query: str) -> tuple[object, ...]:
    with world.platform.database.session() as session:
        return tuple(session.execute(text(query)).one())


def test_a_terminal_is_unbound_once(world: World) -> None:
    directory = world.accounts.directory
    merchant = known(directory, SPRING)
    directory.unbind_terminal(merchant.id, "A1000001", reference="SQ1")
    directory.unbind_terminal(merchant.id, "A1000001", reference="SQ2")
    assert [terminal.status for terminal in directory.terminals(merchant.id)] == ["unbound", "active"]
    assert one(world, "SELECT unbind_reference FROM terminals WHERE terminal_no = 'A1000001'") == ("SQ1",)
    with pytest.raises(TerminalUnknown):
        directory.unbind_terminal(merchant.id, "Z9999999", reference="SQ3")


def test_a_service_is_stopped_once_and_for_one_merchant(world: World, clock: FixedClock) -> None:
    directory = world.accounts.directory
    merchant = known(directory, MING)
    directory.stop_service(merchant.id, "membership", reference="SQ1")
    clock.advance(hours=1)
    directory.stop_service(merchant.id, "membership", reference="SQ2")
    stopped = [service for service in directory.services(merchant.id) if service.status == "stopped"]
    assert [(service.title, service.charged_fen) for service in stopped] == [("会员费", 8_700)]
    query = "SELECT stop_reference, stopped_at IS NOT NULL, merchant_id FROM merchant_services WHERE status = 'stopped'"
    assert one(world, query) == ("SQ1", True, merchant.id)
    for merchant_no, code in ((MING, "made_up"), (SPRING, "membership")):
        with pytest.raises(ServiceUnknown):
            directory.stop_service(known(directory, merchant_no).id, code, reference="SQ3")


def test_an_account_is_closed_once(world: World) -> None:
    directory = world.accounts.directory
    merchant = known(directory, COBBLER)
    assert merchant.status == "active"
    directory.close_account(merchant.id, reference="SQ1")
    directory.close_account(merchant.id, reference="SQ2")
    assert known(directory, COBBLER).status == "closed"
    query = "SELECT close_reference, closed_at IS NOT NULL, merchant_no FROM merchants WHERE status = 'closed'"
    assert one(world, query) == ("SQ1", True, COBBLER)
    with pytest.raises(MerchantUnknown):
        directory.close_account("nobody", reference="SQ3")


def test_what_was_taken_today_is_open_until_it_is_settled_next_morning(world: World, clock: FixedClock) -> None:
    directory = world.accounts.directory
    merchant = known(directory, OUYANG)
    today = [payment for payment in directory.transactions(merchant.id) if not payment.settled]
    assert sum(payment.amount_fen for payment in today) == 487_900
    assert directory.standing(merchant.id) == AccountStanding(487_900, fees_owed_fen=0, open_disputes=1)
    clock.advance(days=1)
    assert directory.standing(merchant.id) == AccountStanding(0, fees_owed_fen=0, open_disputes=1)
    assert all(payment.settled for payment in directory.transactions(merchant.id))


def test_of_somebody_unknown_nothing_is_known(lite: World) -> None:
    directory = lite.accounts.directory
    assert directory.standing("nobody") == AccountStanding(None, None, None)
    assert directory.services("nobody") == []
    assert directory.transactions("nobody") == []
    assert directory.agency("nobody") is None


def test_transactions_of_the_last_year_come_newest_first(world: World, clock: FixedClock) -> None:
    directory = world.accounts.directory
    payments = directory.transactions(known(directory, SPRING).id)
    moments = [payment.at for payment in payments]
    assert moments == sorted(moments, reverse=True)
    clock.set(moments[-1] + timedelta(days=365))
    assert directory.transactions(known(directory, SPRING).id) == payments[:-1]


@st.composite
def payments(draw: st.DrawFn) -> TransactionRecord:
    amount = draw(st.integers(1, 10**12))
    return TransactionRecord(
        reference=f"JY{random_code(20)}",
        voucher_no="000001",
        terminal_no="A1000001",
        at=TEN_IN_THE_MORNING - timedelta(minutes=draw(st.integers(0, 600))),
        amount_fen=amount,
        refunded_fen=draw(st.integers(0, amount)),
        card_tail="0001",
        settled=draw(st.booleans()),
    )


@given(taken=st.lists(payments(), max_size=5))
@settings(max_examples=25)
def test_unsettled_is_what_is_left_of_every_payment_that_is_not_settled(
    world: World, taken: list[TransactionRecord]
) -> None:
    directory = world.accounts.directory
    assert isinstance(directory, DemoDirectory)
    merchant_id = new_id()
    directory.add(
        merchant_id=merchant_id,
        merchant_no=random_code(15),
        name="试试小店",
        owner_name="李试",
        phone="13100131000",
        account=None,
        terminals=[],
        transactions=taken,
    )
    assert sorted(directory.transactions(merchant_id), key=str) == sorted(taken, key=str)
    left = sum(payment.amount_fen - payment.refunded_fen for payment in taken if not payment.settled)
    assert directory.standing(merchant_id).unsettled_fen == left


def test_no_name_phone_or_account_stands_in_the_tables(world: World) -> None:
    with world.platform.database.session() as session:
        rows = repr(session.execute(text("SELECT * FROM merchants")).all())
    assert "张春风" not in rows
    assert SPRING_PHONE not in rows
    assert "6222080001" not in rows


def test_merchants_from_before_keep_what_they_are_and_their_machines_get_a_kind(database: Database) -> None:
    config = alembic_config()
    with database.engine.connect() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "0002")
    with database.begin() as session:
        session.execute(
            text(
                "INSERT INTO merchants (id, merchant_no, name, owner_sealed, phone_sealed, phone_blind, created_at)"
                " VALUES ('m', :merchant_no, '老店', '', '', '', '2026-11-01 00:00:00')"
            ),
            {"merchant_no": SPRING},
        )
        for number, model in enumerate(("智能POS", "电签POS", "传统POS", "扫码音箱")):
            session.execute(
                text(
                    "INSERT INTO terminals"
                    " (id, merchant_id, terminal_no, serial_no, model, status, deposit_fen, bound_at)"
                    " VALUES (:no, 'm', :no, 'S', :model, 'active', 0, '2026-11-01 00:00:00')"
                ),
                {"no": f"A{number}", "model": model},
            )
    migrate(database)
    with database.session() as session:
        assert session.execute(text("SELECT kind, status FROM merchants")).one() == ("merchant", "active")
        kinds = session.scalars(text("SELECT kind FROM terminals ORDER BY terminal_no"))
        assert list(kinds) == ["smart", "signature", "classic", "speaker"]
