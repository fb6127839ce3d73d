"""Voice: heard by a recogniser and shown back, else asked for in writing; and nothing of the sound is kept."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from service.channels.wechat import amr, words
from service.channels.wechat.gate import Query
from service.channels.wechat.voices import AT_ONCE
from service.platform.clock import FixedClock
from service.platform.database import Base
from tests.service.channels.wechat.conftest import Town, open_town
from tests.wechat.emulator.pushing import Push
from tests.wechat.recogniser import Recogniser, recording, running_recogniser

ANNA = "oAnna_1"
TOKEN = "a-token-of-the-recogniser"


@pytest.fixture
def recogniser() -> Iterator[Recogniser]:
    with running_recogniser() as recogniser:
        yield recogniser


@pytest.fixture
def hearing(
    recogniser: Recogniser, database_url: str, tmp_path: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Town]:
    """A town whose bridge has this recogniser, on both databases."""
    speech = {"URL": recogniser.url, "MODEL": "whisper-1", "TOKEN": TOKEN, "TIMEOUT_SECONDS": "2"}
    for name, value in speech.items():
        monkeypatch.setenv(f"SPEECH_{name}", value)
    with open_town(database_url, tmp_path, clock, monkeypatch) as town:
        yield town


def say(town: Town, said: str, seconds: float = 2.0) -> list[str]:
    return town.push(town.pusher.voice(ANNA, recording(said, seconds))).texts()


def test_what_was_heard_is_shown_back_and_answered(hearing: Town, recogniser: Recogniser) -> None:
    assert say(hearing, "退押金") == ["您说的是：退押金\n\n回：退押金"]
    (heard,) = recogniser.heard
    assert heard.path == "/v1/audio/transcriptions"
    assert heard.authorization == f"Bearer {TOKEN}"
    assert heard.fields == {"model": "whisper-1", "language": "zh", "response_format": "json"}
    assert (heard.content, heard.content_type) == (recording("退押金"), "audio/amr")


def test_a_voice_that_takes_long_is_heard_once_and_answered_by_message(hearing: Town, recogniser: Recogniser) -> None:
    hearing.bell.slow = True
    say(hearing, "退押金")
    hearing.bridge.sender.run_due()
    assert hearing.wechat.follower(ANNA).texts("push") == ["您说的是：退押金"]
    hearing.settle()
    hearing.pass_time(seconds=10)
    assert hearing.wechat.follower(ANNA).texts("push") == ["您说的是：退押金", "回：退押金"]
    assert hearing.wechat.follower(ANNA).texts("passive", "failure") == []
    assert len(recogniser.heard) == 1


def test_a_lost_reply_is_given_again_without_listening_again(hearing: Town, recogniser: Recogniser) -> None:
    anna = hearing.push(hearing.pusher.voice(ANNA, recording("退押金")), True)
    hearing.pass_time(seconds=10)
    assert anna.texts() == ["您说的是：退押金\n\n回：退押金"]
    assert len(recogniser.heard) == 1


def test_a_number_that_was_read_out_is_shown_back_as_the_conversation_has_it(hearing: Town) -> None:
    (said,) = say(hearing, "我的卡号是6222020200112230000")
    assert said.startswith("您说的是：我的卡号是银行卡 尾号0000")
    assert "6222020200112230000" not in said


def test_what_comes_while_somebody_listens_waits_its_turn_and_is_not_listened_to_twice(
    hearing: Town, recogniser: Recogniser
) -> None:
    recogniser.may_answer.clear()
    voice = receipt(hearing, hearing.pusher.voice(ANNA, recording("第一句")))
    listening = threading.Thread(target=hearing.bridge.intake.process, args=(voice,))
    listening.start()
    assert recogniser.asked.wait(5)
    hearing.bridge.intake.process(receipt(hearing, hearing.pusher.text(ANNA, "第二句")))  # comes back at once
    hearing.pass_time(seconds=8)  # nobody in WeChat waits any more, and yet it is not left behind
    recogniser.may_answer.set()
    listening.join(timeout=5)
    for _ in range(4):
        hearing.pass_time(seconds=8)
    said = "\n\n".join(hearing.wechat.follower(ANNA).texts("push"))
    assert said == "您说的是：第一句\n\n回：第一句\n\n回：第二句"
    assert len(recogniser.heard) == 1


def test_a_process_that_dies_while_it_listens_loses_nothing(hearing: Town) -> None:
    receipt(hearing, hearing.pusher.voice(ANNA, recording("退押金")))  # and no more: the process is gone
    for _ in range(3):
        hearing.pass_time(seconds=35)
    assert hearing.wechat.follower(ANNA).texts("push") == ["您说的是：退押金", "回：退押金"]


@pytest.mark.parametrize(
    ("status", "answer", "said"),
    [
        (200, '{"text": ""}', words.VOICE_UNCLEAR),
        (200, '{"text": " \\u0007 "}', words.VOICE_UNCLEAR),
        (200, '{"text": "' + "退" * 1_001 + '"}', words.VOICE_UNCLEAR),
        (500, '{"text": "退押金"}', words.VOICE),
        (401, '{"error": "no"}', words.VOICE),
        (307, "", words.VOICE),
        (200, "no JSON", words.VOICE),
        (200, '["退押金"]', words.VOICE),
        (200, '{"text": 1}', words.VOICE),
        (200, '{"text": "' + "退" * 40_000 + '"}', words.VOICE),
    ],
)
def test_whoever_was_not_understood_is_asked_to_type(
    hearing: Town, recogniser: Recogniser, status: int, answer: str, said: str
) -> None:
    recogniser.status, recogniser.answer = status, answer.encode()
    recogniser.location = f"{recogniser.url}/v1/audio/transcriptions" if status == 307 else None
    assert say(hearing, "退押金") == [said]
    assert len(recogniser.heard) == 1
    assert hearing.world.engine.asked == []


def test_a_recogniser_that_hangs_ends_in_the_request_to_type(hearing: Town, recogniser: Recogniser) -> None:
    recogniser.may_answer.clear()
    assert say(hearing, "退押金") == [words.VOICE]


def test_a_recogniser_that_is_away_ends_in_the_request_to_type(
    sqlite_url: str, tmp_path: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    with running_recogniser() as gone:
        monkeypatch.setenv("SPEECH_URL", gone.url)
        monkeypatch.setenv("SPEECH_MODEL", "whisper-1")
    with open_town(sqlite_url, tmp_path, clock, monkeypatch) as town:
        assert say(town, "退押金") == [words.VOICE]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (recording("退押金", seconds=60), "您说的是：退押金\n\n回：退押金"),
        (recording("退押金", seconds=62), words.VOICE_LONG),
        (recording("退押金", seconds=200), words.VOICE_LOST),  # larger than a minute can be
        (recording("退押金")[:-5], words.VOICE_LOST),
        (b"RIFF....WAVEfmt ", words.VOICE_LOST),
        (b"#!AMR\n", words.VOICE_LOST),
    ],
)
def test_only_a_whole_recording_of_a_minute_at_most_is_sent_on(
    hearing: Town, recogniser: Recogniser, content: bytes, said: str
) -> None:
    assert hearing.push(hearing.pusher.voice(ANNA, content)).texts() == [said]
    assert len(recogniser.heard) == (1 if said.startswith("您说的是") else 0)


def test_a_recording_that_wechat_does_not_have_any_more_is_asked_for_again(
    hearing: Town, recogniser: Recogniser
) -> None:
    push = hearing.pusher.voice(ANNA, recording("退押金"))
    hearing.wechat.media.clear()
    assert hearing.push(push).texts() == [words.VOICE_LOST]
    assert recogniser.heard == []


def test_more_voices_at_once_than_hands_are_asked_to_type(hearing: Town, recogniser: Recogniser) -> None:
    recogniser.may_answer.clear()
    listening = []
    for number in range(AT_ONCE):
        voice = receipt(hearing, hearing.pusher.voice(f"oBusy_{number}", recording("退押金")))
        listening.append(threading.Thread(target=hearing.bridge.intake.process, args=(voice,)))
        recogniser.asked.clear()
        listening[-1].start()
        assert recogniser.asked.wait(5)
    assert say(hearing, "退押金") == [words.VOICE]
    recogniser.may_answer.set()
    for thread in listening:
        thread.join(timeout=5)
    hearing.clock.advance(seconds=1)
    assert say(hearing, "查进度")[-1] == "您说的是：查进度\n\n回：查进度"


def test_nothing_of_the_sound_is_kept_and_nothing_of_the_words_is_in_the_log(
    hearing: Town, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    push = hearing.pusher.voice(ANNA, recording("退押金，我叫王小明"))
    hearing.push(push)
    with hearing.world.platform.database.session() as session:
        tables = Base.metadata.sorted_tables
        rows = str([session.execute(text(f'SELECT * FROM "{table.name}"')).all() for table in tables])  # noqa: S608
    assert "王小明" in rows
    assert push.fields["MediaId"] not in rows
    assert "AMR" not in rows
    assert not [file for file in tmp_path.rglob("*") if file.is_file() and b"#!AMR" in file.read_bytes()]
    assert "王小明" not in "".join(capsys.readouterr())


def test_the_length_of_a_recording_is_counted_by_its_frames() -> None:
    assert amr.seconds_of(recording("", seconds=3)) == 3
    wideband = b"#!AMR-WB\n" + (b"\x44" + b"\0" * 60) * 50
    assert (amr.seconds_of(wideband), amr.content_type_of(wideband)) == (1, "audio/amr-wb")
    silence = b"#!AMR\n" + b"\x7c" * 25  # frames without sound are one byte each
    assert amr.seconds_of(silence) == 0.5
    assert amr.seconds_of(b"#!AMR\n\x54" + b"\0" * 31) is None  # there is no such frame


def receipt(town: Town, push: Push) -> int:
    """It is written down, and nothing more."""
    query, body = town.pusher.parcel(push.fields)
    found = town.bridge.intake.take(town.bridge.gate.read(Query.of(query), body))
    assert found is not None
    return found.receipt_id
