"""What a merchant finds before the first message: what is going on already, and what can be started."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from .axe import violations
from .hand import Widget
from .world import PROCEDURES, RETURNING, World, application, identity


def known(widget: Widget, world: World, *days: int) -> Widget:
    """A merchant who has an application of each of these days, and comes back."""
    world.only().identity = identity()
    for day in days:
        at = {"at": f"2026-11-{day}T08:00:00Z", "title": "申请已提交", "detail": None, "actor": "merchant"}
        world.put(application(f"SQ2611{day}AAAAA{day}", label=f"退押金 · 智能POS（尾号00{day}）", timeline=[at]))
    return widget.visit(widget.page.url)


def test_the_three_newest_open_applications_are_named_with_their_state(widget: Widget, world: World) -> None:
    known(widget, world, 21, 24, 22, 23)
    mine = widget.frame.get_by_role("region", name="您正在办的申请").get_by_role("button")
    expect(mine).to_have_text([f"退押金 · 智能POS（尾号00{day}）待交材料" for day in (24, 23, 22)])


def test_pressing_one_asks_how_it_stands(widget: Widget, world: World) -> None:
    known(widget, world, 24)
    widget.frame.get_by_role("button", name="退押金 · 智能POS（尾号0024）").click()
    expect(widget.own).to_have_text(["查进度 SQ261124AAAAA24"])
    expect(widget.frame.get_by_role("region", name="您正在办的申请")).to_have_count(0)


def test_somebody_who_is_not_known_sees_no_applications(widget: Widget, world: World) -> None:
    world.put(application())
    expect(widget.button("退押金")).to_be_visible()
    expect(widget.frame.get_by_role("region", name="您正在办的申请")).to_have_count(0)


def test_a_few_requests_are_offered_and_the_rest_on_demand(phone: Page, widget: Widget) -> None:
    starters = widget.frame.get_by_role("list", name="常用业务").get_by_role("button")
    expect(starters).to_have_text([*PROCEDURES[:4], "查询进度", "转人工", "更多业务"])
    expect(widget.button("更多业务")).to_be_in_viewport(ratio=1)
    widget.button("更多业务").press("Enter")
    expect(starters).to_have_text([*PROCEDURES[:4], "查询进度", "转人工", *PROCEDURES[4:]])
    expect(widget.button(PROCEDURES[4])).to_be_focused()
    widget.page.keyboard.press("Enter")
    expect(widget.own).to_have_text([PROCEDURES[4]])


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(scheme: Any, widget: Widget, world: World) -> None:
    widget.page.emulate_media(color_scheme=scheme)
    world.put(dict(RETURNING))
    known(widget, world, 24)
    expect(widget.frame.get_by_role("region", name="您正在办的申请").get_by_role("button")).to_have_count(2)
    widget.button("更多业务").click()
    assert violations(widget.page) == []
