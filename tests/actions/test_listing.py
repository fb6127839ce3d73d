"""Applications as choices: readable, told apart, and leading to what waits in them."""

from hypothesis import given
from hypothesis import strategies as st

from actions.listing import next_step, titles, waiting_for_merchant

STATES = (
    "draft submitted in_review documents_requested approved agreement_pending paying paid rejected "
    "payout_abnormal payout_failed returning inspecting resting"
).split()


def line(number: str = "SQ2611227K3Q9D", state: str = "draft", label: str = "退押金") -> dict[str, str]:
    return {
        "application_no": number,
        "label": label,
        "state": state,
        "state_title": "填写中",
        "updated_at": "2026-11-22T18:30:00.000001Z",
    }


def test_a_title_tells_what_how_far_and_since_when_in_beijing() -> None:
    assert titles([line(label="退押金 · 智能POS（尾号0012）")]) == ["退押金 · 智能POS（尾号0012） · 填写中 · 11月23日"]


@given(st.lists(st.sampled_from(["退押金", "取消POS机"]), min_size=1, max_size=8))
def test_no_two_titles_read_the_same(labels: list[str]) -> None:
    lines = [line(number=f"SQ261122AAAA{index:02d}", label=label) for index, label in enumerate(labels)]
    assert len(set(titles(lines))) == len(lines)


def test_what_waits_for_others_is_not_listed() -> None:
    waiting = {row["state"] for row in waiting_for_merchant([line(state=state) for state in STATES])}
    assert waiting == set(STATES) - {"in_review", "approved", "paying", "payout_failed", "inspecting"}


def test_each_choice_leads_to_what_waits() -> None:
    assert next_step(line(state="returning")).startswith("/继续")
    assert next_step(line(state="documents_requested")).startswith("/补交材料")
    assert next_step(line(state="agreement_pending")).startswith("/查询进度")
