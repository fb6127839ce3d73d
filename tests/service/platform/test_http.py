"""What every request meets: limits, problems instead of traces, safe headers, and a log without secrets."""

import io
import json
import logging
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog

from service.platform.clock import FixedClock
from service.platform.logging import configure_logging
from tests.service.builders import World, open_world


def test_a_body_that_is_too_large_is_refused_before_it_is_read(lite: World) -> None:
    answer = lite.client.post("/v1/conversations", content=b"x" * 70_000, headers={"Content-Type": "application/json"})
    assert answer.status_code == 413
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_body_of_unknown_length_is_refused_too(lite: World) -> None:
    chunks = (b"x" * 10_000 for _ in range(8))
    answer = lite.client.post("/v1/conversations", content=chunks, headers={"Content-Type": "application/json"})
    assert answer.status_code == 413


def test_a_wrong_field_is_named_and_its_value_is_not_repeated(lite: World) -> None:
    talker = lite.merchant()
    answer = talker.post("/v1/conversation/verification", {"merchant_no": "6222021234567890123", "phone": "1"})
    problem = answer.json()
    assert (answer.status_code, problem["type"]) == (422, "invalid")
    assert [error["field"] for error in problem["errors"]] == ["merchant_no", "phone"]
    assert "例如" in problem["detail"]
    assert "6222021234567890123" not in answer.text


@pytest.mark.parametrize(("path", "status"), [("/v1/nothing", 404), ("/v1/conversation", 401)])
def test_every_error_is_a_problem_with_a_sentence(lite: World, path: str, status: int) -> None:
    answer = lite.client.get(path)
    problem = answer.json()
    assert answer.status_code == problem["status"] == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert problem["detail"].endswith("。")


def test_an_answer_of_the_api_is_neither_kept_nor_guessed_at(lite: World) -> None:
    headers = lite.merchant().get("/v1/conversation").headers
    assert headers["cache-control"] == "no-store"
    assert headers["x-content-type-options"] == "nosniff"
    assert "access-control-allow-origin" not in headers


def test_a_database_that_is_away_is_said_so(tmp_path: Path, clock: FixedClock, sqlite_url: str) -> None:
    with open_world(tmp_path, sqlite_url, clock) as world:
        talker = world.merchant()
        world.platform.database.dispose()
        Path(sqlite_url.removeprefix("sqlite:///")).rename(tmp_path / "moved.sqlite")
        answer = talker.say("在吗")
        assert answer.status_code == 503
        assert answer.headers["retry-after"] == "5"
        assert "保留" in answer.json()["detail"]
        assert world.client.get("/readyz").status_code == 503
        assert world.client.get("/healthz").status_code == 200


def test_ready_means_that_rasa_is(lite: World) -> None:
    assert lite.client.get("/readyz").json() == {"status": "ok", "checks": {"database": "ok", "rasa": "ok"}}
    lite.engine.ready = False
    answer = lite.client.get("/readyz")
    assert (answer.status_code, answer.json()["checks"]["rasa"]) == (503, "no model is loaded")


@pytest.fixture
def log_stream() -> Iterator[io.StringIO]:
    """Everything that is logged while the log is set up as in the running service."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    configure_logging("json")
    handler = root.handlers[0]
    assert isinstance(handler, logging.StreamHandler)
    stream = io.StringIO()
    handler.setStream(stream)
    yield stream
    root.handlers[:], root.level = handlers, level
    structlog.reset_defaults()


def test_no_log_line_has_a_sensitive_number(log_stream: io.StringIO) -> None:
    structlog.get_logger("test").info("said", text="卡6222021234567890123", deep={"phones": ["13800138001"]})
    try:
        raise ValueError("身份证 11010519491231002X")
    except ValueError:
        logging.getLogger("library").exception("failed for %s", "6222021234567890123")
    lines = [json.loads(line) for line in log_stream.getvalue().splitlines()]
    assert [line["level"] for line in lines] == ["info", "error"]
    for number in ("6222021234567890123", "13800138001", "11010519491231002X"):
        assert number not in log_stream.getvalue()


def test_ids_do_not_repeat_what_a_client_sent(lite: World) -> None:
    answer = lite.merchant().post("/v1/conversation/messages", {"client_id": "6222021234567890123", "text": "好"})
    assert answer.status_code == 422
    assert "6222021234567890123" not in answer.text
    assert lite.merchant().say("好", str(uuid.uuid4())).status_code == 202
