"""Which suggestions are shown: the likeliest three, none twice, nothing that was said already."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from service.assist.rules import MOST, Candidate, Source, choose

SOURCE = Source("协议", "confirmed", date(2026, 11, 27))

candidates = st.builds(
    Candidate,
    kind=st.sampled_from(["reply", "question", "checklist", "knowledge"]),
    title=st.just("标题"),
    text=st.sampled_from(
        ["", "押金三天到账", "押金，三天到账。", "押金三天到账，请您留意", "请问是哪台机器？", "好的", "还差一份收据"]
    ),
    confidence=st.floats(0, 1),
    reason=st.just("因为"),
    source=st.sampled_from([None, SOURCE]),
)


def candidate(text: str, confidence: float, source: Source | None = None) -> Candidate:
    return Candidate("reply", "标题", text, confidence, "因为", source=source)


@given(st.lists(candidates, max_size=8))
def test_at_most_three_the_likeliest_first_and_none_without_words(made: list[Candidate]) -> None:
    chosen = choose(made)
    assert len(chosen) <= MOST
    assert [one.confidence for one in chosen] == sorted((one.confidence for one in chosen), reverse=True)
    assert all(one.text for one in chosen)
    assert len({one.text.replace("，", "").replace("。", "") for one in chosen}) == len(chosen)


def test_of_two_that_say_the_same_the_likelier_stays_with_the_source_of_the_other() -> None:
    (kept,) = choose([candidate("退款一般三天到账。", 0.4, SOURCE), candidate("退款一般三天到账", 0.9)])
    assert (kept.confidence, kept.source) == (0.9, SOURCE)


def test_what_was_said_already_is_not_suggested_again() -> None:
    made = [candidate("请问您要退哪台机器的押金？", 0.9), candidate("请上传押金收据", 0.5)]
    assert [one.text for one in choose(made, ["好的。请问您要退哪台机器的押金？"])] == ["请上传押金收据"]
