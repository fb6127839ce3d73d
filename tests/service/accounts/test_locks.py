"""Who guesses is slowed down wherever it comes from; who sits at the usual desk is never locked out by others."""

from service.accounts.attempts import fold_address
from service.platform.clock import FixedClock
from tests.service.builders import World
from tests.service.office import ELSEWHERE, HOME, desk_at, trail_of


def test_a_stranger_locks_the_login_for_the_own_address_alone(office: World) -> None:
    stranger = desk_at(office, ELSEWHERE)
    assert [stranger.sign_in(password="wrong").status_code for _ in range(6)] == [401] * 5 + [429]
    assert desk_at(office, HOME).sign_in().status_code == 200


def test_many_strangers_are_slowed_to_one_try_a_minute_and_the_usual_desk_is_not(
    office: World, clock: FixedClock
) -> None:
    desk_at(office, HOME).sign_in()
    statuses = [desk_at(office, f"203.0.113.{host}").sign_in(password="wrong").status_code for host in range(25)]
    assert statuses == [401] * 20 + [429] * 5
    slowed = desk_at(office, "198.51.100.1").sign_in()
    assert (slowed.json()["type"], 1 <= int(slowed.headers["retry-after"]) <= 60) == ("login_slowed", True)
    assert desk_at(office, HOME).sign_in().status_code == 200
    clock.advance(seconds=61)
    assert desk_at(office, "198.51.100.2").sign_in(password="wrong").status_code == 401
    assert desk_at(office, "198.51.100.3").sign_in(password="wrong").status_code == 429
    clock.advance(seconds=61)
    assert desk_at(office, "198.51.100.4").sign_in().status_code == 200


def test_a_day_without_guesses_ends_the_slowness(office: World, clock: FixedClock) -> None:
    for host in range(21):
        desk_at(office, f"203.0.113.{host}").sign_in(password="wrong")
    clock.advance(hours=25)
    assert [desk_at(office, f"198.51.100.{host}").sign_in(password="wrong").status_code for host in range(3)] == [
        401
    ] * 3


def test_wrong_tries_and_lock_outs_stand_in_the_trail_for_logins_that_exist(office: World) -> None:
    desk = desk_at(office, ELSEWHERE)
    for _ in range(6):
        desk.sign_in("lead", "wrong")
        desk.sign_in("nobody", "wrong")
    entries = trail_of(office)
    assert [entry.action for entry in entries] == ["staff.sign_in_refused"] * 4 + ["staff.locked_out"]
    assert {(entry.actor, str(entry.after)) for entry in entries} == {("unknown", str({"address": ELSEWHERE}))}


def test_a_network_of_ipv6_counts_as_one_address() -> None:
    assert fold_address("2001:db8:1:2:3:4:5:6") == fold_address("2001:db8:1:2::1") == "2001:db8:1:2::"
    assert fold_address("192.0.2.1") == "192.0.2.1"
    assert fold_address("testclient") == "testclient"
