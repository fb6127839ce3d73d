"""The account of what was seen: nothing is counted that the product did not answer."""

from typing import Any

from service.cases.procedures.catalogue import load_catalogue
from tests.conversations.coverage import Item, Sightings, promised
from tests.e2e.stack import ROOT

CATALOGUE = load_catalogue(ROOT / "data" / "procedures")


def draft(code: str, **changed: Any) -> dict[str, Any]:
    """An application as the product answers it."""
    empty: dict[str, Any] = {
        "answers": [],
        "documents": [],
        "steps": [],
        "state": "draft",
        "next_question": None,
        "payout": None,
    }
    return {**empty, "procedure": {"code": code, "title": CATALOGUE[code].title}, **changed}


def names(seen: Sightings, kind: str) -> set[str]:
    return {item.name for item in seen.seen if item.kind == kind}


def test_at_first_everything_is_missing() -> None:
    seen = Sightings(CATALOGUE)
    assert set(seen.missing()) == {item for procedure in CATALOGUE.values() for item in promised(procedure)}
    assert "covered: 0 of" in seen.table()


def test_a_question_is_seen_when_it_is_put_and_a_choice_when_it_is_taken() -> None:
    seen = Sightings(CATALOGUE)
    question = CATALOGUE["deposit_refund"].question("reason")
    assert question is not None
    seen.text("deposit_refund", f"好的。{question.prompt}")
    seen.application(draft("deposit_refund", answers=[{"field": "reason", "value": "closed"}]))
    assert seen.seen == {
        Item("deposit_refund", "question", "reason"),
        Item("deposit_refund", "choice", "reason=closed"),
    }


def test_a_check_is_seen_on_both_sides() -> None:
    seen = Sightings(CATALOGUE)
    title = CATALOGUE["close_account"].checks[0].title
    facts = [{"label": title, "value": "符合"}, {"label": "签约日期", "value": "不符合"}]
    seen.detail({"application": draft("close_account"), "facts": facts})
    seen.application(draft("close_account", next_question={"kind": "blocked", "field": "settled"}))
    assert names(seen, "check") == {f"{CATALOGUE['close_account'].checks[0].key} held", "settled not held"}


def test_a_step_is_seen_while_it_is_current_and_the_last_one_when_all_is_over() -> None:
    seen = Sightings(CATALOGUE)
    steps = [{"key": "filed", "state": "done"}, {"key": "review", "state": "current"}, {"key": "done", "state": "todo"}]
    seen.application(draft("complaint", steps=steps))
    assert names(seen, "step") == {"review"}
    over = [{"key": "filed", "state": "done"}, {"key": "done", "state": "done"}]
    seen.application(draft("complaint", state="closed", steps=over))
    assert names(seen, "step") == {"review", "done"}


def test_a_payment_is_seen_with_its_way() -> None:
    seen = Sightings(CATALOGUE)
    paid = {"state": "paid"}
    chosen = [{"field": "payout_account", "value": "another"}]
    seen.application(draft("deposit_refund", payout=paid, answers=chosen))
    seen.application(draft("transaction_refund", payout=paid))
    seen.application(draft("stop_service", payout={"state": "processing"}))
    assert names(seen, "payout") == {"another account", "original way"}


def test_an_answer_that_goes_on_elsewhere_is_seen_as_a_turn() -> None:
    seen = Sightings(CATALOGUE)
    before = draft("void_transaction", answers=[{"field": "day", "value": "earlier"}])
    seen.turned(before, draft("transaction_refund"))
    assert names(seen, "turn") == {"day=earlier → transaction_refund"}
