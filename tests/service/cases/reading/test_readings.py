"""From the upload to what the reviewer sees: asked for, made once, masked, kept encrypted, forgotten."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from service.cases import audit, store
from service.cases.reading.models import DocumentReading
from service.cases.reading.pages import Page
from service.cases.reading.service import KEPT_DAYS, Readings, flagged, forget_readings
from service.cases.reading.worker import Unread
from service.platform.chain import ChainHead, first_broken
from service.platform.clock import FixedClock
from tests.service.cases.reading.papers import CARD_BACK, IDENTITY_CARD, RECEIPT, page
from tests.service.cases.world import MING, REFUND_ANSWERS, Merchant, World, build_world, in_review, picture


@dataclass
class Pretends:
    """Reads what it was told to, whatever the picture."""

    pages: Sequence[Page] = ()
    fails: Exception | None = None

    def read(self, content: bytes, content_type: str) -> list[Page]:
        if self.fails:
            raise self.fails
        return list(self.pages)

    def close(self) -> None:
        """Holds nothing."""


def submitted(world: World) -> Merchant:
    merchant = world.merchant()
    merchant.open("deposit_refund")
    merchant.fill(REFUND_ANSWERS)
    merchant.submit()
    return merchant


def read(world: World, file_id: str, *lines: str, **reader: Any) -> None:
    pages = [] if reader else [page(lines)]
    Readings(replace(world.cases.parts, reader=Pretends(pages, **reader))).make(file_id)


def shown(world: World, merchant: Merchant, file_id: str) -> dict[str, Any]:
    reading: dict[str, Any] = world.staff().detail(merchant.no)["readings"][file_id]
    return reading


def test_an_upload_waits_for_its_reading_and_then_has_it(world: World) -> None:
    merchant = submitted(world)
    file_id = merchant.upload("deposit_receipt").json()["id"]
    assert shown(world, merchant, file_id) == {
        "state": "waiting", "score": None, "fields": [], "flags": [], "took_ms": None,
    }  # fmt: skip
    assert [event["file_id"] for event in world.events("application.file_added")] == [file_id]
    read(world, file_id, *RECEIPT)
    reading = shown(world, merchant, file_id)
    assert (reading["state"], reading["score"], reading["flags"]) == ("read", 0.98, [])
    assert [(field["label"], field["value"]) for field in reading["fields"]] == [
        ("收款方", "演示收单公司"),
        ("金额", "199.00元"),
        ("日期", "2026-03-05"),
        ("大写金额", "199.00元"),
    ]


def test_a_reading_changes_no_version_and_stands_in_the_trail_without_values(world: World) -> None:
    merchant = submitted(world)
    file_id = merchant.upload("deposit_receipt").json()["id"]
    before = merchant.app
    read(world, file_id, *(line.replace("199.00", "298.00") for line in RECEIPT))
    assert merchant.app == before
    with world.platform.database.session() as session:
        application = store.find(session, merchant.no, None)
        events = store.events(session, application.id)
        head = session.get(ChainHead, audit.chain_of(application.id))
    assert (events[-1].event, events[-1].actor_kind, events[-1].detail) == ("document_read", "system", "")
    assert events[-1].data == {"file": file_id, "reading": "read", "flags": ["amount_words_differ", "amount_differs"]}
    assert first_broken(events, head) is None


def test_what_identifies_somebody_is_masked_and_encrypted(lite: World) -> None:
    merchant = in_review(lite)
    lite.staff().act(merchant.no, "decision", {"decision": "request_documents", "reason_text": "请补证件正面"})
    file_id = merchant.upload("supplement").json()["id"]
    read(lite, file_id, *IDENTITY_CARD, "卡号 6222080001000158")
    reading = shown(lite, merchant, file_id)
    assert {field["key"]: field["value"] for field in reading["fields"]} == {
        "person": "张**",
        "id_number": "110***********002X",
        "card_number": "622208******0158",
    }
    with lite.platform.database.session() as session:
        sealed = session.get_one(DocumentReading, file_id).sealed or ""
    assert "11010519491231002X" not in sealed
    assert "张春风" not in sealed


def test_a_reading_is_made_once(world: World) -> None:
    merchant = submitted(world)
    file_id = merchant.upload("deposit_receipt").json()["id"]
    read(world, file_id, *RECEIPT)
    first = shown(world, merchant, file_id)
    read(world, file_id, *CARD_BACK)
    assert shown(world, merchant, file_id) == first


@pytest.mark.parametrize("why", ["too_long", "crashed"])
def test_a_file_that_cannot_be_read_costs_a_sentence_alone(lite: World, why: Any) -> None:
    merchant = submitted(lite)
    file_id = merchant.upload("deposit_receipt").json()["id"]
    read(lite, file_id, fails=Unread(why))
    reading = shown(lite, merchant, file_id)
    assert reading["state"] == "failed"
    assert reading["flags"] == [{"code": "unread", "text": "没能自动读取，请直接看图", "severity": "note"}]


def test_a_file_that_could_not_even_be_tried_is_waited_for_no_longer(lite: World) -> None:
    merchant = submitted(lite)
    file_id = merchant.upload("deposit_receipt").json()["id"]
    lite.cases.readings.give_up(file_id)
    assert shown(lite, merchant, file_id)["state"] == "failed"


def test_a_reading_goes_with_its_file(world: World) -> None:
    merchant = submitted(world)
    removed, raced = (merchant.upload(key).json()["id"] for key in ("deposit_receipt", "contract"))
    read(world, removed, *RECEIPT)
    merchant.delete(f"/v1/applications/{merchant.no}/documents/deposit_receipt/files/{removed}")
    merchant.delete(f"/v1/applications/{merchant.no}/documents/contract/files/{raced}")
    read(world, raced, *RECEIPT)
    with world.platform.database.session() as session:
        assert session.scalar(select(func.count()).select_from(DocumentReading)) == 0


def test_a_reading_is_forgotten_after_its_time(world: World) -> None:
    merchant = submitted(world)
    file_id = merchant.upload("deposit_receipt").json()["id"]
    read(world, file_id, *RECEIPT)
    world.clock.advance(days=KEPT_DAYS - 1)
    assert forget(world) == 0
    world.clock.advance(days=2)
    assert forget(world) == 1
    assert world.staff().detail(merchant.no)["readings"] == {}


def forget(world: World) -> int:
    with world.platform.database.begin() as session:
        return forget_readings(session, world.clock.now())


def test_the_same_file_of_another_merchant_is_pointed_at(world: World) -> None:
    content = picture()
    other = in_review(world, MING, {"terminal": "A2000001", "claimed_deposit": "299元"})
    other.upload("deposit_receipt", content)
    merchant = submitted(world)
    file_id = merchant.upload("deposit_receipt", content).json()["id"]
    read(world, file_id, *RECEIPT)
    (flag,) = shown(world, merchant, file_id)["flags"]
    assert (flag["code"], flag["severity"]) == ("duplicate", "warning")
    assert other.no in flag["text"]


def test_the_desk_can_ask_which_applications_to_look_at_twice(world: World) -> None:
    sound, strange = submitted(world), submitted_by_ming(world)
    read(world, sound.upload("deposit_receipt").json()["id"], *RECEIPT)
    read(world, strange.upload("deposit_receipt").json()["id"], *CARD_BACK)
    with world.platform.database.session() as session:
        ids = {no: store.find(session, no, None).id for no in (sound.no, strange.no)}
        assert flagged(session, list(ids.values())) == {ids[strange.no]}


def submitted_by_ming(world: World) -> Merchant:
    merchant = world.merchant(MING)
    merchant.open("deposit_refund")
    merchant.fill({**REFUND_ANSWERS, "terminal": "A2000001", "claimed_deposit": "299元"})
    merchant.submit()
    return merchant


def test_where_documents_are_not_read_nothing_is_waited_for(
    sqlite_url: str, tmp_path: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("READING", "off")
    with build_world(sqlite_url, tmp_path, clock) as world:
        merchant = submitted(world)
        assert merchant.upload("deposit_receipt").status_code == 201
        assert world.staff().detail(merchant.no)["readings"] == {}
        assert world.events("application.file_added") == []
