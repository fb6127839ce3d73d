"""A merchant in 微信客服: every message is answered once and in order, whatever is lost, doubled, or dies."""

import pytest

from service.channels.wechat import words
from service.channels.wechat.inbound import Inbound
from service.channels.wechat.intake import Taken
from service.channels.wechat.models import WechatOutgoing, WechatPull, WechatUser
from service.channels.wechat.wecom.pulls import LOOK_WITHOUT_BELL
from service.channels.wechat.wecom.service import create_customer_service
from service.channels.wechat.wecom.settings import load_wecom_settings
from tests.service.channels.wechat.test_people import picture
from tests.service.channels.wecom.conftest import DESK, DeskTown, at_once
from tests.wechat.emulator.api import Refusal
from tests.wechat.emulator.wecom.world import BOT, HUMAN, NEW, QUEUED

OTHER_DESK = "wkOtherDesk"
LONG = "\n".join("很长的一行字，" * 80 for _ in range(9))


def text(words: str) -> dict[str, str]:
    return {"type": "text", "text": words}


def outgoing(town: DeskTown) -> list[WechatOutgoing]:
    with town.world.platform.database.session() as session:
        return list(session.query(WechatOutgoing).order_by(WechatOutgoing.id))


def the_pull(town: DeskTown) -> WechatPull:
    with town.world.platform.database.session() as session:
        return session.get_one(WechatPull, DESK)


# --- once and in order -----------------------------------------------------------------------------------------------


def test_what_is_written_is_answered(any_town: DeskTown) -> None:
    anna = any_town.say(any_town.somebody("Anna"), "押金怎么退")
    any_town.pass_time(minutes=5)
    assert anna.texts() == ["回：押金怎么退"]


def test_bells_that_ring_twice_or_late_change_nothing(any_town: DeskTown) -> None:
    anna, ben = any_town.somebody("Anna"), any_town.somebody("Ben")
    parcels = []
    for said in ("一", "二", "三"):
        any_town.desk.text(anna, said)
        any_town.desk.text(ben, said)
        parcels.append(any_town.desk.parcel(DESK))
    for query, body in [parcels[2], parcels[0], parcels[2], parcels[1], parcels[0]]:
        assert any_town.world.client.post("/wechat/customer-service", params=query, content=body).status_code == 200
        any_town.settle()
    any_town.pass_time(minutes=3)
    for customer in (anna, ben):
        assert "\n\n".join(customer.texts()) == "回：一\n\n回：二\n\n回：三"


def test_a_lost_bell_is_made_up_for_within_two_minutes(town: DeskTown) -> None:
    anna = town.say(town.somebody("Anna"), "一")
    town.pass_time(minutes=15)  # the last bell's token is over
    town.pass_time(minutes=3)
    town.desk.text(anna, "二")
    for _ in range(int(LOOK_WITHOUT_BELL.total_seconds() // 10) + 1):
        town.pass_time(seconds=10)
    assert anna.texts() == ["回：一", "回：二"]
    assert not [each for each in town.corporation.refusals if each[1] == 45009]


def test_a_named_account_needs_no_first_bell(town: DeskTown) -> None:
    anna = town.somebody("Anna")
    name_accounts(town, DESK)
    town.settle()
    town.clock.advance(minutes=1)
    town.desk.text(anna, "一")
    town.pass_time(minutes=2)
    assert anna.texts() == ["回：一"]


def test_an_account_that_is_not_served_any_more_is_not_looked_at(town: DeskTown) -> None:
    anna = town.say(town.somebody("Anna"), "一")
    name_accounts(town, OTHER_DESK)
    fetched = town.corporation.calls.count("/cgi-bin/kf/sync_msg")
    town.desk.text(anna, "二")
    town.pass_time(seconds=30)
    assert anna.texts() == ["回：一"]
    assert town.corporation.calls.count("/cgi-bin/kf/sync_msg") == fetched + 1  # of the other one


def name_accounts(town: DeskTown, *accounts: str) -> None:
    """As WECOM_OPEN_KFIDS does at the next start."""
    service = create_customer_service(
        town.bridge.parts,
        load_wecom_settings().model_copy(update={"open_kfids": accounts}),
        town.puller._api,
        town.bridge.intake,
    )
    service.puller.beside = at_once
    object.__setattr__(town.bridge, "customer_service", service)


def test_more_than_a_page_is_fetched_to_its_end(town: DeskTown) -> None:
    town.api.page_size = 3
    customers = [town.somebody(f"User{number}") for number in range(8)]
    for customer in customers:
        town.desk.text(customer, f"我是{customer.userid}")
    town.ring(customers[0])
    assert [customer.texts() for customer in customers] == [[f"回：我是{each.userid}"] for each in customers]


def test_a_process_that_dies_between_fetching_and_the_cursor_doubles_nothing(
    any_town: DeskTown, monkeypatch: pytest.MonkeyPatch
) -> None:
    anna = any_town.somebody("Anna")
    for said in ("一", "二"):
        any_town.desk.text(anna, said)
    any_town.desk.ring(DESK)
    with monkeypatch.context() as dying:
        dying.setattr(any_town.bridge.customer_service.pulls, "advance", _dies)  # type: ignore[union-attr]
        with pytest.raises(KeyboardInterrupt):
            any_town.puller.run_due()
    for _ in range(8):
        any_town.pass_time(seconds=10)
    assert "\n\n".join(anna.texts()) == "回：一\n\n回：二"
    assert len(any_town.world.engine.asked) == 2
    assert the_pull(any_town).cursor == "cursor2"


def test_a_process_that_dies_in_the_middle_of_a_page_loses_and_doubles_nothing(
    any_town: DeskTown, monkeypatch: pytest.MonkeyPatch
) -> None:
    anna = any_town.somebody("Anna")
    for said in ("一", "二"):
        any_town.desk.text(anna, said)
    any_town.desk.ring(DESK)
    take, taken = any_town.bridge.intake.take, []

    def dies_at_the_second(inbound: Inbound) -> Taken | None:
        if taken:
            raise KeyboardInterrupt
        taken.append(inbound)
        return take(inbound)

    with monkeypatch.context() as dying:
        dying.setattr(any_town.bridge.intake, "take", dies_at_the_second)
        with pytest.raises(KeyboardInterrupt):
            any_town.puller.run_due()
    for _ in range(8):
        any_town.pass_time(seconds=10)
    assert "\n\n".join(anna.texts()) == "回：一\n\n回：二"
    assert len(any_town.world.engine.asked) == 2


def test_a_process_that_dies_before_it_took_a_message_in_loses_nothing(town: DeskTown) -> None:
    """A picture, which has to be fetched first; words are taken in as they are written down."""
    town.puller.beside = lambda _work: None  # and no more: the process is gone
    anna = town.somebody("Anna")
    town.desk.media(anna, "image", picture(), "image/jpeg")
    town.ring(anna)
    assert anna.texts() == []
    for _ in range(4):
        town.pass_time(seconds=7)
    assert anna.texts() == ["回：［图片］"]


def test_two_processes_do_not_fetch_one_account_together(any_town: DeskTown, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second comes while the first is at it, and again when the first has lost its lease."""
    anna, second = any_town.somebody("Anna"), any_town.another_process()
    any_town.desk.text(anna, "一")
    any_town.desk.ring(DESK)
    sync = any_town.api._sync
    meanwhile: list[int] = []

    def slowly(query: dict[str, str], body: bytes) -> object:
        answer = sync(query, body)
        if len(meanwhile) < 2:
            meanwhile.append(len(any_town.corporation.calls))
            if len(meanwhile) == 1:
                second.run_due()
                assert any_town.corporation.calls.count("/cgi-bin/kf/sync_msg") == 1
                any_town.clock.advance(seconds=61)
                second.run_due()
        return answer

    monkeypatch.setattr(any_town.api, "_sync", slowly)
    any_town.settle()
    any_town.pass_time(seconds=10)
    assert anna.texts() == ["回：一"]
    assert len(any_town.world.engine.asked) == 1


def test_users_of_two_accounts_are_two_users(town: DeskTown) -> None:
    here, there = town.somebody("Anna"), town.somebody("Anna", OTHER_DESK)
    town.say(here, "一")
    town.say(there, "二")
    assert (here.texts(), there.texts()) == (["回：一"], ["回：二"])
    assert len({turn.conversation_id for turn in town.world.engine.asked}) == 2


def test_what_was_said_long_before_the_first_start_is_not_answered(town: DeskTown) -> None:
    anna = town.somebody("Anna")
    town.desk.text(anna, "昨天的")
    town.clock.advance(hours=20)
    town.desk.text(anna, "刚才的")
    town.clock.advance(minutes=2)
    town.ring(anna)
    town.pass_time(minutes=5)
    assert anna.texts() == ["回：刚才的"]


def test_what_came_while_we_were_away_is_answered_later(town: DeskTown) -> None:
    anna = town.say(town.somebody("Anna"), "一")
    town.clock.advance(hours=5)
    town.desk.text(anna, "二")
    town.clock.advance(hours=5)
    town.settle()
    assert anna.texts() == ["回：一", "回：二"]


def test_a_page_with_nonsense_in_it_does_not_stop_what_is_right(town: DeskTown) -> None:
    anna = town.somebody("Anna")
    for nonsense in (
        {},
        {"msgtype": "text", "origin": 3, "external_userid": ["a"], "text": "x"},
        {"msgtype": "text", "origin": 3, "external_userid": "wm/../Anna", "text": {"content": "x"}},
        {"msgtype": "event", "event": None},
        {"msgtype": "event", "event": {"event_type": "session_status_change", "external_userid": "wmAnna"}},
        {"msgtype": "text", "origin": 3, "external_userid": "wmZoe", "text": {"content": "x"}, "send_time": 2**70},
    ):
        town.corporation.keep(DESK, nonsense)
    town.say(anna, "退\x00押金\ud800")
    assert anna.texts() == ["回：退押金"]


# --- sends -----------------------------------------------------------------------------------------------------------


def test_a_lost_answer_is_asked_for_again_and_shown_once(any_town: DeskTown) -> None:
    any_town.api.lose_next = 2
    anna = any_town.say(any_town.somebody("Anna"), "一")
    for _ in range(4):
        any_town.pass_time(seconds=10)
    assert anna.texts() == ["回：一"]
    assert [row.state for row in outgoing(any_town)] == ["sent"]


def test_a_process_that_dies_while_it_sends_sends_nothing_twice(
    any_town: DeskTown, monkeypatch: pytest.MonkeyPatch
) -> None:
    sender = any_town.bridge.sender
    with monkeypatch.context() as dying:
        dying.setattr(sender, "_end", _dies)
        with pytest.raises(KeyboardInterrupt):
            any_town.say(any_town.somebody("Anna"), "一")
    anna = any_town.somebody("Anna")
    assert anna.texts() == ["回：一"]
    for _ in range(5):
        any_town.pass_time(seconds=10)
    any_town.say(anna, "二")
    assert anna.texts() == ["回：一", "回：二"]
    assert [row.state for row in outgoing(any_town)] == ["sent", "sent"]


def test_a_process_that_dies_before_it_sent_sends_after_all(town: DeskTown, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as dying:
        dying.setattr(town.bridge.customer_service.puller._api, "send_text", _dies)  # type: ignore[union-attr]
        with pytest.raises(KeyboardInterrupt):
            town.say(town.somebody("Anna"), "一")
    for _ in range(5):
        town.pass_time(seconds=10)
    assert town.somebody("Anna").texts() == ["回：一"]


def test_what_the_quota_does_not_hold_waits_for_the_next_message(town: DeskTown) -> None:
    town.world.engine.answers = [[text(LONG)], [text("好的")]]
    anna = town.say(town.somebody("Anna"), "都说说")
    town.pass_time(seconds=30)
    assert len(anna.texts()) == 5
    assert anna.texts()[-1].endswith("回复“继续”接着看）")
    assert town.corporation.refusals == []
    town.say(anna, "继续")
    town.pass_time(seconds=30)
    told = "".join(anna.texts())
    assert told.count("很长的一行字") == 720
    assert told.endswith("好的")
    assert town.corporation.refusals == []


@pytest.mark.parametrize("code", [95001, 95002, 95013, 40001, 60020])
def test_what_may_not_be_sent_now_goes_out_with_the_next_message(town: DeskTown, code: int) -> None:
    town.api.forced = [code]
    anna = town.say(town.somebody("Anna"), "一")
    town.pass_time(hours=1)
    assert anna.texts() == []
    town.say(anna, "二")
    assert anna.texts() == ["回：一", "回：二"]


@pytest.mark.parametrize("code", [-1, 45009, 45033, 40014, 42001])
def test_a_passing_refusal_is_tried_again(town: DeskTown, code: int) -> None:
    town.api.forced = [code]
    anna = town.say(town.somebody("Anna"), "一")
    town.pass_time(seconds=10)
    assert anna.texts() == ["回：一"]


def test_a_message_that_could_not_be_shown_is_marked_and_not_repeated(town: DeskTown) -> None:
    anna = town.say(town.somebody("Anna"), "一")
    (row,) = outgoing(town)
    town.desk.undelivered(anna, str(row.reference), 10)
    town.ring(anna)
    town.pass_time(minutes=5)
    (row,) = outgoing(town)
    assert (row.state, row.error) == ("dropped", "WeCom could not show it (fail_type 10)")
    assert len(anna.texts()) == 1


def test_one_token_serves_two_hours_and_stands_in_no_log(town: DeskTown, capfd: pytest.CaptureFixture[str]) -> None:
    anna = town.say(town.somebody("Anna"), "一")
    town.pass_time(minutes=119)
    assert len(town.corporation.fetches) == 1
    town.pass_time(minutes=2)
    town.say(anna, "二")
    assert len(town.corporation.fetches) == 2
    town.corporation.tokens.clear()
    town.say(anna, "三")
    assert anna.texts() == ["回：一", "回：二", "回：三"]
    printed = "".join(capfd.readouterr())
    assert not any(token in printed for token in [*town.corporation.tokens, "a secret of the application"])


# --- sessions --------------------------------------------------------------------------------------------------------


def test_who_enters_is_welcomed_once(any_town: DeskTown) -> None:
    anna = any_town.somebody("Anna")
    any_town.desk.enter(anna)
    any_town.ring(anna)
    any_town.desk.enter(anna)
    any_town.ring(anna)
    assert [words.WELCOME[:2]] == [said[:2] for said in anna.texts("welcome")]
    assert any_town.say(anna, "退押金").texts() == ["回：退押金"]


def test_a_welcome_that_comes_too_late_is_left_out(town: DeskTown) -> None:
    anna = town.somebody("Anna")
    town.desk.enter(anna)
    town.clock.advance(seconds=21)
    town.ring(anna)
    assert anna.texts("welcome") == []
    assert "/cgi-bin/kf/send_msg_on_event" not in town.corporation.calls


def test_a_page_that_is_fetched_again_welcomes_nobody_twice(town: DeskTown, monkeypatch: pytest.MonkeyPatch) -> None:
    anna = town.somebody("Anna")
    town.desk.enter(anna)
    with monkeypatch.context() as dying:
        dying.setattr(town.bridge.customer_service.pulls, "advance", lambda *_: False)  # type: ignore[union-attr]
        town.ring(anna)
    with town.world.platform.database.begin() as session:
        session.get_one(WechatPull, DESK).lease_until = None
    town.settle()
    assert len(anna.texts("welcome")) == 1


@pytest.mark.parametrize("state", [NEW, BOT])
def test_the_bot_answers_where_nobody_else_does(town: DeskTown, state: int) -> None:
    anna = town.somebody("Anna")
    town.desk.text(anna, "一")
    anna.state = state
    town.ring(anna)
    assert anna.texts() == ["回：一"]


def test_a_new_session_that_must_be_the_bots_is_taken_over(town: DeskTown) -> None:
    town.api.forced = [95018]
    anna = town.say(town.somebody("Anna"), "一")
    assert (anna.state, anna.texts()) == (BOT, ["回：一"])


def test_while_people_of_wecom_serve_the_bot_is_silent(any_town: DeskTown) -> None:
    anna = any_town.say(any_town.somebody("Anna"), "一")
    any_town.desk.people_take(anna)
    any_town.desk.people_write(anna, "我是小王")
    any_town.ring(anna)
    any_town.say(anna, "小王在吗")
    any_town.pass_time(minutes=5)
    assert anna.texts() == ["回：一"]
    assert len(any_town.world.engine.asked) == 1
    any_town.desk.people_end(anna)
    any_town.ring(anna)
    any_town.say(anna, "二")
    assert anna.texts() == ["回：一", "回：二"]


@pytest.mark.parametrize(("code", "answered"), [(48002, True), (-1, False)])
def test_who_cannot_ask_whether_people_serve_does_not_fall_silent(
    town: DeskTown, monkeypatch: pytest.MonkeyPatch, code: int, answered: bool
) -> None:
    """A passing failure waits for the next fetch; any other leaves it to WeCom to refuse what it does not want."""
    anna, ben = town.say(town.somebody("Anna"), "一"), town.somebody("Ben")
    town.desk.people_take(anna)
    town.ring(anna)
    anna.state = BOT  # and nobody told

    def refuses(*_: object) -> None:
        raise Refusal(code, "no state today")

    with monkeypatch.context() as silent:
        silent.setattr(town.api, "_state", refuses)
        town.desk.text(ben, "我也在")
        town.say(anna, "二")
        assert (anna.texts() == ["回：一", "回：二"]) is answered
    town.pass_time(seconds=10)
    assert anna.texts() == ["回：一", "回：二"]
    assert ben.texts() == ["回：我也在"]


@pytest.mark.parametrize("state", [QUEUED, HUMAN])
def test_whom_people_took_unseen_hears_the_answer_when_they_have_left(town: DeskTown, state: int) -> None:
    anna = town.somebody("Anna")
    town.desk.text(anna, "一")
    anna.state = state
    town.ring(anna)
    assert anna.texts() == []
    with town.world.platform.database.session() as session:
        assert session.get_one(WechatUser, f"{DESK}/wmAnna").attended_at is not None
    anna.state = BOT  # and nobody told
    town.say(anna, "二")
    assert anna.texts() == ["回：一", "回：二"]


def _dies(*_: object, **__: object) -> None:
    raise KeyboardInterrupt
