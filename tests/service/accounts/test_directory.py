"""The demo's directory: merchants, their terminals, and unbinding a terminal once."""

import pytest
from sqlalchemy import text

from service.accounts import TerminalUnknown
from service.demo import load_demo
from tests.service.builders import SPRING, SPRING_PHONE, World


def test_the_demo_data_may_be_loaded_again(world: World) -> None:
    load_demo(world.platform)
    merchant = world.accounts.directory.find(SPRING)
    assert merchant is not None
    assert merchant.phone == SPRING_PHONE
    account = world.accounts.directory.settlement_account(merchant.id)
    assert account is not None
    assert account.holder_name == merchant.owner_name


def test_a_terminal_is_unbound_once(world: World) -> None:
    directory = world.accounts.directory
    merchant = directory.find(SPRING)
    assert merchant is not None
    directory.unbind_terminal(merchant.id, "A1000001", reference="SQ1")
    directory.unbind_terminal(merchant.id, "A1000001", reference="SQ2")
    assert [terminal.status for terminal in directory.terminals(merchant.id)] == ["unbound", "active"]
    with world.platform.database.session() as session:
        references = session.scalars(text("SELECT unbind_reference FROM terminals WHERE terminal_no = 'A1000001'"))
        assert list(references) == ["SQ1"]
    with pytest.raises(TerminalUnknown):
        directory.unbind_terminal(merchant.id, "Z9999999", reference="SQ3")


def test_no_name_phone_or_account_stands_in_the_tables(world: World) -> None:
    with world.platform.database.session() as session:
        rows = repr(session.execute(text("SELECT * FROM merchants")).all())
    assert "张春风" not in rows
    assert SPRING_PHONE not in rows
    assert "6222080001" not in rows
