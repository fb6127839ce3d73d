"""Every claim that must not be repeated is put to the running product: it says what is confirmed instead."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from service.knowledge import NO_COMPLAINT_ROUTE, NOT_CONFIGURED, Claim, Fact, load_knowledge
from tests.e2e.people import Merchant

pytestmark = pytest.mark.timeout(300)

LIBRARY = load_knowledge(Path(__file__).resolve().parents[2] / "data" / "knowledge").library
FACTS = {e.id: e for _topic, e in LIBRARY if isinstance(e, Fact) and e.status == "confirmed"}
CLAIMS = [entry for _topic, entry in LIBRARY if isinstance(entry, Claim)]
MERCHANT_NO = "822301055330004"


def answer_of(fact: Fact) -> str:
    """As it is said where no contact is configured."""
    return fact.answer.replace("{contacts}", NOT_CONFIGURED).replace("{complaints}", NO_COMPLAINT_ROUTE)


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim.id)
def test_a_claim_is_not_repeated(claim: Claim, new_merchant: Callable[[str], Merchant]) -> None:
    """A confirmed fact is told; where the sentence is a wish as well, the fact's procedure may be opened instead."""
    for sentence in claim.asked:
        merchant = new_merchant(MERCHANT_NO)
        merchant.withdraw_all()
        said = "\n".join(block.get("text", "") for block in merchant.say(sentence))
        for expression in claim.never:
            assert not re.search(expression, said), f"{sentence} → {said}"
        told = any(answer_of(fact) in said for fact in FACTS.values())
        assert told or FACTS[claim.instead].procedure in merchant.open_procedures(), f"{sentence} → {said}"
