"""The vault keeps numbers readable for their own conversation alone, and nothing else holds them."""

import base64
from pathlib import Path

import pytest
from sqlalchemy import select, text

from service.platform.context import Platform, create_platform
from service.platform.crypto import Cipher, Undecryptable
from service.platform.database import Database
from service.platform.vault import VaultEntry, refused_kinds
from tests.service.builders import make_settings

CARD = "6222021234567890123"


@pytest.fixture
def platform(tmp_path: Path, database: Database) -> Platform:
    return create_platform(make_settings(tmp_path), database=database)


def test_a_token_opens_in_its_own_conversation_alone(platform: Platform) -> None:
    with platform.database.begin() as session:
        token = platform.vault.put(session, "mine", "bank_card", CARD)
    with platform.database.session() as session:
        assert token.startswith("⟦银行卡 尾号0123 #")
        assert platform.vault.resolve(session, "mine", token) == CARD
        assert platform.vault.resolve(session, "yours", token) is None
        assert platform.vault.resolve(session, "mine", "⟦银行卡 尾号0123 #zzzz⟧") is None
        assert platform.vault.resolve(session, "mine", CARD) is None


def test_a_text_loses_its_numbers_and_keeps_its_words(platform: Platform) -> None:
    with platform.database.begin() as session:
        first = platform.vault.tokenize(session, "c", f"卡号{CARD}，验证码123456，商户号822290059430001")
        again = platform.vault.tokenize(session, "c", f"还是{CARD}")
    token = first[2 : first.index("⟧") + 1]
    assert first == f"卡号{token}，验证码⟦验证码 未保存⟧，商户号822290059430001"
    assert again == f"还是{token}"
    assert refused_kinds(first) == ["验证码"]


def test_no_number_stands_in_the_table(platform: Platform) -> None:
    with platform.database.begin() as session:
        platform.vault.tokenize(session, "c", f"{CARD} 11010519491231002X")
        rows = session.execute(text("SELECT * FROM vault_entries")).all()
    assert len(rows) == 2
    assert CARD not in repr(rows)
    assert "11010519491231002" not in repr(rows)


def test_a_secret_is_never_kept(platform: Platform) -> None:
    with platform.database.begin() as session, pytest.raises(ValueError, match="never kept"):
        platform.vault.put(session, "c", "cvv", "123")


def test_a_value_moved_to_another_row_does_not_open(platform: Platform) -> None:
    with platform.database.begin() as session:
        mine = platform.vault.put(session, "mine", "bank_card", CARD)
        platform.vault.put(session, "yours", "bank_card", "6222021234567890999")
        rows = {row.conversation_id: row for row in session.scalars(select(VaultEntry))}
        rows["mine"].sealed = rows["yours"].sealed
        session.flush()
        with pytest.raises(Undecryptable):
            platform.vault.resolve(session, "mine", mine)


def test_an_old_key_still_opens_and_the_first_one_seals() -> None:
    old, new = b"o" * 32, b"n" * 32
    sealed = Cipher({"old": old}).encrypt("value", context="place")
    rotated = Cipher({"new": new, "old": old})
    assert rotated.decrypt(sealed, context="place") == "value"
    assert rotated.encrypt("value", context="place").startswith("new.")
    with pytest.raises(Undecryptable):
        Cipher({"new": new}).decrypt(sealed, context="place")
    with pytest.raises(Undecryptable):
        rotated.decrypt("old." + base64.urlsafe_b64encode(b"x" * 40).decode(), context="place")
