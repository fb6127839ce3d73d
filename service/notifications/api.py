"""HTTP for what a merchant wants to hear, and for the staff who look after deliveries (docs/protocol.md §3 and §4)."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Request, Response

from service.accounts import CurrentMerchant, StaffMember, current_staff, roles_in
from service.notifications.rules import ChannelName, DeliveryState
from service.notifications.schemas import DeliveryOut, DeliveryPage, PreferencesIn, PreferencesOut
from service.notifications.service import Notifications
from service.platform.context import CurrentPlatform
from service.platform.idempotency import OnceOnly

router = APIRouter(prefix="/v1/me/notifications", tags=["notifications"])
review_router = APIRouter(prefix="/v1/review/deliveries", tags=["review"])

Watcher = Annotated[StaffMember, Depends(current_staff(*roles_in("deliveries")))]
Keeper = Annotated[StaffMember, Depends(current_staff("lead", "admin"))]


async def current_notifications(request: Request) -> Notifications:
    notifications: Notifications = request.app.state.notifications
    return notifications


CurrentNotifications = Annotated[Notifications, Depends(current_notifications)]


@router.get("")
def get_preferences(
    merchant: CurrentMerchant, notifications: CurrentNotifications, platform: CurrentPlatform
) -> PreferencesOut:
    with platform.database.session() as session:
        return notifications.preferences(session, merchant.merchant_id)


@router.put("", response_model=PreferencesOut)
def put_preferences(
    body: PreferencesIn, merchant: CurrentMerchant, notifications: CurrentNotifications, once: OnceOnly
) -> Response:
    change = notifications.change_preferences
    return once(merchant.key, body, lambda session: (200, change(session, merchant.merchant_id, body)))


@review_router.get("")
def list_deliveries(
    *,
    staff: Watcher,
    notifications: CurrentNotifications,
    platform: CurrentPlatform,
    state: Annotated[DeliveryState | None, Query()] = None,
    channel: Annotated[ChannelName | None, Query()] = None,
    cursor: Annotated[str, Query(max_length=32)] = "",
) -> DeliveryPage:
    with platform.database.session() as session:
        return notifications.deliveries(session, state=state, channel=channel, cursor=cursor)


@review_router.post("/{delivery_id}/requeue", response_model=DeliveryOut)
def requeue(
    delivery_id: Annotated[str, Path(max_length=32)],
    staff: Keeper,
    notifications: CurrentNotifications,
    once: OnceOnly,
) -> Response:
    return once(staff.key, None, lambda session: (200, notifications.requeue(session, delivery_id, staff)))
