"""The menu as code fits WeChat's rules, and it is told whether the account shows it."""

from service.channels.wechat import menu
from tests.service.channels.wechat.conftest import Town


def test_the_menu_is_set_once_and_then_known_as_ours(town: Town) -> None:
    assert town.bridge.parts.official is not None
    keeper = menu.MenuKeeper(town.bridge.parts.official, "https://pos.example.com")
    assert keeper.found() is None
    assert not menu.is_same(None, keeper.wanted)
    keeper.set()
    assert menu.is_same(keeper.found(), keeper.wanted)
    changed = {"button": keeper.wanted["button"][:2]}
    assert not menu.is_same(changed, keeper.wanted)


def test_every_name_fits_on_a_phone() -> None:
    for button in menu.wanted_menu("https://pos.example.com")["button"]:
        assert len(button["name"]) <= 4
        for each in button.get("sub_button", []):
            assert len(each["name"]) <= 8
            assert len(each.get("key", "").encode()) <= 128
