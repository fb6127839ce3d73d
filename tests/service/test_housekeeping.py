"""What is over is thrown away; what somebody still needs stays."""

from sqlalchemy import func, select

from service.housekeeping import sweep
from service.platform.idempotency import IdempotencyRecord
from service.platform.outbox import OutboxDelivery, OutboxEvent, publish
from tests.service.builders import SPRING, SPRING_PHONE, World


def rows(world: World, table: type[OutboxEvent] | type[OutboxDelivery] | type[IdempotencyRecord]) -> int:
    with world.platform.database.session() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def test_old_rows_go_and_unfinished_ones_stay(world: World) -> None:
    talker = world.merchant()
    body = {"merchant_no": SPRING, "phone": SPRING_PHONE}
    talker.post("/v1/conversation/verification", body)
    world.settle()
    with world.platform.database.begin() as session:
        publish(session, "accounts.code_requested", {"conversation_id": "x", "sealed": "broken"}, now=world.clock.now())
    world.settle()
    assert sweep(world.platform) == 0
    world.clock.advance(days=31)  # type: ignore[attr-defined]
    assert sweep(world.platform) == 2  # the delivered event and the code
    assert rows(world, OutboxEvent) == rows(world, OutboxDelivery) == 1
    assert sweep(world.platform) == 0


def test_an_idempotency_key_is_remembered_for_thirty_days(world: World) -> None:
    talker = world.merchant(SPRING)
    headers = talker.headers | {"Idempotency-Key": "one"}
    body = {"procedure": "deposit_refund"}
    assert world.client.post("/v1/applications", json=body, headers=headers).status_code == 201
    world.clock.advance(days=29)  # type: ignore[attr-defined]
    sweep(world.platform)
    assert rows(world, IdempotencyRecord) == 1
    world.clock.advance(days=2)  # type: ignore[attr-defined]
    sweep(world.platform)
    assert rows(world, IdempotencyRecord) == 0
