"""公众号 and 微信客服 at one service: each user is answered where they wrote, and nothing goes the other way."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from service.channels.wechat.lines import Lines
from service.notifications import TryAgain
from service.platform.clock import FixedClock
from tests.service.builders import SPRING
from tests.service.channels.wechat.conftest import Town, open_town
from tests.service.channels.wecom.conftest import AES_KEY, CORP_ID, PATH, SECRET, SETTINGS, TOKEN, DeskTown, at_once
from tests.wechat.emulator.envelope import Envelope
from tests.wechat.emulator.pushing import Response
from tests.wechat.emulator.wecom.api import DeskApi
from tests.wechat.emulator.wecom.desk import Desk
from tests.wechat.emulator.wecom.world import Corporation

FOLLOWER = "oAnna_1"


@pytest.fixture
def both(
    sqlite_url: str, tmp_path: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[Town, DeskTown]]:
    for name, value in SETTINGS.items():
        monkeypatch.setenv(name, value)
    corporation = Corporation(CORP_ID, SECRET, lambda: clock.now().timestamp())
    api = DeskApi(corporation)

    def answer(request: httpx.Request) -> httpx.Response:
        given = api.call(request.url.path, dict(request.url.params), request.content)
        return httpx.Response(200, content=given.content, headers={"content-type": given.content_type})

    with open_town(sqlite_url, tmp_path, clock, monkeypatch, others={"wecom.example": answer}) as town:

        def deliver(query: dict[str, str], body: bytes) -> Response:
            got = town.world.client.post(PATH, params=query, content=body)
            return Response(got.status_code, got.content)

        desk = DeskTown(
            town.world, corporation, api, Desk(corporation, Envelope(CORP_ID, TOKEN, AES_KEY), deliver), clock
        )
        desk.puller.beside = at_once
        yield town, desk


def test_everybody_is_answered_where_they_wrote(both: tuple[Town, DeskTown]) -> None:
    town, desk = both
    follower = town.say(FOLLOWER, "从公众号来")
    customer = desk.say(desk.somebody("Anna"), "从客服来")
    town.pass_time(minutes=1)
    assert follower.texts() == ["回：从公众号来"]
    assert customer.texts() == ["回：从客服来"]


def test_a_merchant_who_is_known_on_both_hears_a_notice_on_both(both: tuple[Town, DeskTown]) -> None:
    town, desk = both
    merchant = town.world.accounts.directory.find(SPRING)
    assert merchant is not None
    follower, customer = town.say(FOLLOWER, "你好"), desk.say(desk.somebody("Anna"), "你好")
    with town.world.platform.database.begin() as session:
        for turn in list(town.world.engine.asked):
            town.bridge.parts.conversations.vouch(session, turn.conversation_id, merchant)
    town.settle()
    town.pass_time(minutes=11)
    with pytest.raises(TryAgain):  # the conversation may be about to say it
        town.bridge.notices.send_notice(merchant.id, "材料要补", reference="r1")
    town.bridge.notices.send_notice(merchant.id, "材料要补", reference="r1")
    town.pass_time(seconds=1)
    assert follower.texts("push")[-1] == "材料要补"
    assert customer.texts()[-1] == "材料要补"


def test_what_is_for_a_line_that_was_switched_off_waits(both: tuple[Town, DeskTown]) -> None:
    town, desk = both
    customer = desk.somebody("Anna")
    desk.desk.text(customer, "一")
    desk.desk.ring(customer.open_kfid)
    desk.puller.run_due()
    object.__setattr__(town.bridge.parts, "lines", Lines([]))
    town.settle()
    town.pass_time(minutes=5)
    assert customer.texts() == []
    assert "/cgi-bin/kf/send_msg" not in desk.corporation.calls
