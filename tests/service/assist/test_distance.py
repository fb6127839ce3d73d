"""How far a suggestion was changed is told as Levenshtein would."""

from hypothesis import given
from hypothesis import strategies as st

from service.assist.distance import edit_distance

texts = st.text("押金怎么退到账", max_size=12)


def test_each_change_counts_once() -> None:
    assert edit_distance("押金怎么退", "押金怎么退呢") == 1
    assert edit_distance("三天到账", "几天到账") == 1
    assert edit_distance("", "好的") == 2


@given(texts, texts)
def test_it_is_a_distance(one: str, other: str) -> None:
    assert edit_distance(one, other) == edit_distance(other, one)
    assert (edit_distance(one, other) == 0) == (one == other)
    assert abs(len(one) - len(other)) <= edit_distance(one, other) <= max(len(one), len(other))
