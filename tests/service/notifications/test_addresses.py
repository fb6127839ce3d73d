"""Webhooks reach no inner address, whatever the name says, before the call and during it."""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.notifications.channels.pinned import AddressRefused, IPNetwork, checked_address, may_be_called
from service.notifications.channels.port import Outgoing, TargetGone, TryAgain
from service.notifications.channels.webhook import WebhookChannel
from service.notifications.settings import WebhookTarget
from service.notifications.targets import Targets
from service.platform.clock import FixedClock
from tests.service.notifications.certificates import HOST, Certificates
from tests.service.notifications.receiver import SECRET, Receiver

LOOPBACK = ipaddress.ip_network("127.0.0.0/8")
CLOCK = FixedClock(datetime(2026, 11, 23, 2, 0, tzinfo=UTC))
NOTICE = Outgoing("0" * 32, "target:crm", "application.approved", {"type": "application.approved", "data": {}})


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.0.0.1", "172.16.5.4", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.1", "224.0.0.1",
        "::1", "::", "fe80::1%eth0", "fc00::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::a00:1", "2002:a00:1::",
    ],
)  # fmt: skip
def test_inner_addresses_are_refused_in_every_spelling(address: str) -> None:
    with pytest.raises(AddressRefused):
        checked_address([address], [])


def test_one_inner_address_among_several_is_enough() -> None:
    assert checked_address(["93.184.216.34"], []) == "93.184.216.34"
    with pytest.raises(AddressRefused):
        checked_address(["93.184.216.34", "10.0.0.1"], [])
    with pytest.raises(AddressRefused):
        checked_address([], [])


def test_an_operator_may_name_a_network_of_its_own() -> None:
    assert checked_address(["127.0.0.1"], [LOOPBACK]) == "127.0.0.1"
    assert not may_be_called(ipaddress.ip_address("10.0.0.1"), [LOOPBACK])


@given(
    st.ip_addresses(network="10.0.0.0/8")
    | st.ip_addresses(network="fd00::/8")
    | st.ip_addresses(network="192.168.0.0/16")
)
def test_no_private_address_passes(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> None:
    assert not may_be_called(address, [])


def channel(
    receiver: Receiver,
    certificates: Certificates,
    *answers: Sequence[str],
    networks: Sequence[IPNetwork] = (LOOPBACK,),
    total_seconds: float = 10,
) -> WebhookChannel:
    """With a resolver that gives these answers one after the other, the last one for ever."""
    given_out = list(answers) or [["127.0.0.1"]]

    def resolve(_host: str, _port: int) -> Sequence[str]:
        return given_out.pop(0) if len(given_out) > 1 else given_out[0]

    target = WebhookTarget(name="crm", url=f"https://{HOST}:{receiver.port}/hooks", secret=SECRET)
    return WebhookChannel(
        Targets([target], CLOCK),
        clock=CLOCK,
        networks=networks,
        ca_file=certificates.authority,
        resolve=resolve,
        total_seconds=total_seconds,
    )


def test_the_call_goes_to_the_address_that_was_checked(receiver: Receiver, certificates: Certificates) -> None:
    """`hooks.test` is a name that no other resolver knows: a second look-up would have found nothing."""
    channel(receiver, certificates).send(NOTICE)
    assert [taken["type"] for taken in receiver.taken] == ["application.approved"]


def test_a_name_that_moves_inside_is_not_followed(receiver: Receiver, certificates: Certificates) -> None:
    moving = channel(receiver, certificates, ["127.0.0.1"], ["127.0.0.1", "10.0.0.1"])
    moving.send(NOTICE)
    with pytest.raises(TryAgain, match="内网"):
        moving.send(NOTICE)
    assert len(receiver.ids) == 1


def test_loopback_is_refused_unless_it_is_named(receiver: Receiver, certificates: Certificates) -> None:
    with pytest.raises(TryAgain, match="内网"):
        channel(receiver, certificates, networks=()).send(NOTICE)
    assert receiver.ids == []


def test_a_certificate_that_nobody_vouches_for_ends_the_call(receiver: Receiver, certificates: Certificates) -> None:
    target = WebhookTarget(name="crm", url=receiver.url, secret=SECRET)
    strange = WebhookChannel(Targets([target], CLOCK), clock=CLOCK, networks=[LOOPBACK])
    with pytest.raises(TryAgain, match="连不上"):
        strange.send(NOTICE)
    assert receiver.ids == []


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_redirects_are_not_followed(receiver: Receiver, certificates: Certificates, status: int) -> None:
    receiver.behaviours = [status]
    with pytest.raises(TryAgain, match="不跟过去"):
        channel(receiver, certificates).send(NOTICE)
    assert receiver.paths == ["/hooks"]


@pytest.mark.parametrize(
    ("behaviour", "told"),
    [
        (500, "接收方回了 500"),
        (404, "接收方回了 404"),
        (429, "接收方回了 429"),
        ("close", "连不上"),
        ("garbage", "连不上"),
    ],
)
def test_whatever_goes_wrong_is_tried_again(
    receiver: Receiver, certificates: Certificates, behaviour: int | str, told: str
) -> None:
    receiver.behaviours = [behaviour]
    with pytest.raises(TryAgain, match=told):
        channel(receiver, certificates).send(NOTICE)


@pytest.mark.parametrize("behaviour", ["hang", "drip"])
def test_nobody_keeps_us_waiting_longer_than_agreed(
    receiver: Receiver, certificates: Certificates, behaviour: str
) -> None:
    receiver.behaviours = [behaviour]
    with pytest.raises(TryAgain, match="太久没有回应"):
        channel(receiver, certificates, total_seconds=1).send(NOTICE)


def test_gone_is_gone(receiver: Receiver, certificates: Certificates) -> None:
    receiver.behaviours = [410]
    with pytest.raises(TargetGone):
        channel(receiver, certificates).send(NOTICE)


def test_a_host_that_nobody_knows_is_tried_again(receiver: Receiver, certificates: Certificates) -> None:
    target = WebhookTarget(name="crm", url="https://nobody.invalid/", secret=SECRET)
    with pytest.raises(TryAgain, match="连不上"):
        WebhookChannel(Targets([target], CLOCK), clock=CLOCK).send(NOTICE)
