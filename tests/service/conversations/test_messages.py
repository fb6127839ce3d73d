"""A message is stored once, in its place, and without what must not be kept."""

import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import text

from tests.service.builders import SERVICE_TOKEN, SPRING, World


def test_a_message_and_its_answer_have_rising_numbers(world: World) -> None:
    talker = world.merchant()
    assert talker.say("押金怎么退").json()["seq"] == 1
    world.settle()
    messages = talker.messages()
    assert [(message["seq"], message["sender"], message["in_reply_to"]) for message in messages] == [
        (1, "merchant", None),
        (2, "bot", 1),
    ]
    assert messages[1]["blocks"] == [{"type": "text", "text": "回：押金怎么退"}]
    assert messages[0]["created_at"].endswith("Z")


def test_a_repeated_message_changes_nothing(world: World) -> None:
    talker, client_id = world.merchant(), str(uuid.uuid4())
    answers = [talker.say("在吗", client_id), talker.say("在吗", client_id.upper())]
    assert [answer.json() for answer in answers] == [{"seq": 1, "client_id": client_id}] * 2
    world.settle()
    assert len(talker.messages()) == 2


def test_writers_at_once_leave_no_gap_and_keep_the_order_of_turns(world: World) -> None:
    talker = world.merchant()
    service = world.app.state.conversations

    def write(number: int) -> int:
        return int(service.take_message(talker.conversation_id, client_id=str(uuid.uuid4()), text=f"第{number}条"))

    with ThreadPoolExecutor(8) as pool:
        seqs = list(pool.map(write, range(40)))
    assert sorted(seqs) == list(range(1, 41))
    world.settle()
    asked = [turn.text for turn in world.engine.asked]
    said = [message["blocks"][0]["text"] for message in talker.messages() if message["sender"] == "merchant"]
    assert asked == said


def test_one_client_id_at_once_is_one_message(world: World) -> None:
    talker, client_id = world.merchant(), str(uuid.uuid4())
    service = world.app.state.conversations
    with ThreadPoolExecutor(8) as pool:
        seqs = list(
            pool.map(
                lambda _: service.take_message(talker.conversation_id, client_id=client_id, text="在吗"), range(16)
            )
        )
    assert seqs == [1] * 16
    world.settle()
    assert len(world.engine.asked) == 1


def test_rasa_and_the_tables_see_tokens_in_the_place_of_numbers(world: World) -> None:
    talker = world.merchant()
    talker.say("卡号 6222 0212 3456 7890 123，身份证 11010519491231002x，验证码 778899")
    world.settle()
    asked = world.engine.asked[0].text
    assert "⟦银行卡 尾号0123 #" in asked
    assert "⟦身份证 尾号002X #" in asked
    assert "⟦验证码 未保存⟧" in asked
    with world.platform.database.session() as session:
        for table in ("messages", "turns", "vault_entries", "outbox_events"):
            rows = repr(session.execute(text(f"SELECT * FROM {table}")).all())  # noqa: S608
            assert not any(number in rows for number in ("7890 123", "7890123", "949123", "778899"))


def test_whoever_sends_a_code_is_warned(lite: World) -> None:
    talker = lite.merchant()
    talker.say("我的密码是abc12345")
    lite.settle()
    answer = talker.messages()[1]["blocks"]
    assert answer[0]["type"] == "notice"
    assert answer[0]["level"] == "warning"
    assert "密码" in answer[0]["text"]


def test_a_slash_is_text(lite: World) -> None:
    lite.merchant().say("/restart")
    lite.settle()
    assert (lite.engine.asked[0].text, lite.engine.asked[0].payload) == ("/restart", None)


@pytest.mark.parametrize(
    "body",
    [
        {"client_id": str(uuid.uuid4()), "text": "  \n "},
        {"client_id": str(uuid.uuid4()), "text": "好" * 2001},
        {"client_id": str(uuid.uuid4())},
        {"client_id": str(uuid.uuid4()), "text": "好", "choice": {"seq": 1, "choice_id": "c1"}},
        {"client_id": "no uuid", "text": "好"},
        {"client_id": str(uuid.uuid4()), "choice": {"seq": 99999999999999999999999, "choice_id": "c1"}},
    ],
)
def test_what_is_no_message_is_refused(lite: World, body: dict[str, object]) -> None:
    talker = lite.merchant()
    assert talker.post("/v1/conversation/messages", body).status_code == 422
    assert talker.messages() == []


def test_history_is_read_forwards_and_backwards(lite: World) -> None:
    talker = lite.merchant()
    for number in range(3):
        talker.say(f"第{number}条")
    lite.settle()
    assert [message["seq"] for message in talker.messages(after=2, limit=2)] == [3, 4]
    assert [message["seq"] for message in talker.messages(before=4, limit=2)] == [2, 3]
    page = talker.get("/v1/conversation/messages", params={"after": 6}).json()
    assert page == {"messages": [], "last_seq": 6}
    assert talker.get("/v1/conversation/messages", params={"after": 2**70}).status_code == 422


def test_nobody_reads_the_conversation_of_another(world: World) -> None:
    mine, yours = world.merchant(SPRING), world.merchant()
    mine.say("我的")
    assert yours.messages() == []
    forged = mine.token[:-2] + ("aa" if not mine.token.endswith("aa") else "bb")
    for token in (forged, "", "x", yours.token[: yours.token.rindex(".") + 1]):
        answer = world.client.get("/v1/conversation/messages", headers={"Authorization": f"Bearer {token}"})
        assert answer.status_code == 401


def test_the_bot_acts_in_a_conversation_that_exists_and_does_not_speak_as_the_merchant(lite: World) -> None:
    talker = lite.merchant(SPRING)
    bot = {"Authorization": f"Bearer {SERVICE_TOKEN}", "X-Conversation": talker.conversation_id}
    assert lite.client.get("/v1/merchant", headers=bot).json()["merchant_no"] == SPRING
    body = {"client_id": str(uuid.uuid4()), "text": "我是商户"}
    assert lite.client.post("/v1/conversation/messages", json=body, headers=bot).status_code == 403
    unknown = {**bot, "X-Conversation": "0" * 32}
    assert lite.client.get("/v1/merchant", headers=unknown).status_code == 404
    nobody = {"Authorization": bot["Authorization"]}
    assert lite.client.get("/v1/merchant", headers=nobody).status_code == 401


def test_a_conversation_token_ends(lite: World) -> None:
    talker = lite.merchant()
    lite.clock.advance(days=91)  # type: ignore[attr-defined]
    assert talker.get("/v1/conversation").status_code == 401
