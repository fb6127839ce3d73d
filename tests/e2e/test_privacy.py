"""After the stories: no identity number and no bank card stands in clear in any database, log, tracker or file."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.e2e.people import Merchant
from tests.e2e.secrets import CARD_NUMBER, ID_NUMBER
from tests.e2e.stack import Stack

pytestmark = pytest.mark.timeout(300)

MERCHANT_NO = "822301055330004"


def spellings(number: str) -> Iterator[bytes]:
    """A number as it may stand in a file: plain, in groups of four, in full-width digits, as JSON escapes."""
    yield number.encode()
    yield " ".join(number[start : start + 4] for start in range(0, len(number), 4)).encode()
    wide = "".join(chr(ord(char) + 0xFEE0) for char in number)
    yield wide.encode()
    yield wide.encode("unicode_escape")


def files_with(folder: Path, number: str) -> list[str]:
    wanted = list(spellings(number))
    contents = ((path, path.read_bytes()) for path in sorted(folder.rglob("*")) if path.is_file())
    return [path.name for path, content in contents if any(spelling in content for spelling in wanted)]


def test_the_scan_finds_what_it_looks_for(tmp_path: Path) -> None:
    for index, spelling in enumerate(spellings(CARD_NUMBER)):
        (tmp_path / f"{index}.log").write_bytes(b"before " + spelling + b" after")
    assert len(files_with(tmp_path, CARD_NUMBER)) == 4


def test_numbers_typed_into_the_chat_stay_out_of_everything(
    healthy: Stack, new_merchant: Callable[[str], Merchant]
) -> None:
    merchant = new_merchant(MERCHANT_NO)
    grouped = " ".join(CARD_NUMBER[start : start + 4] for start in range(0, len(CARD_NUMBER), 4))
    merchant.say(f"我身份证{ID_NUMBER}，卡号{grouped}，押金退这张卡行吗")
    merchant.say(f"{ID_NUMBER}")
    merchant.say("押金怎么退")
    merchant.say(f"验证码是482913，卡{CARD_NUMBER}")
    assert any("⟦身份证" in text for text in merchant.texts())
    assert any("⟦银行卡" in text for text in merchant.texts())
    assert not any("482913" in text for text in merchant.texts())
    for number in (ID_NUMBER, CARD_NUMBER):
        assert files_with(healthy.data_dir, number) == []
    assert files_with(healthy.data_dir, "482913") == []
