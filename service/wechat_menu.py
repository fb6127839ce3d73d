"""`python -m service.wechat_menu [--set]`: shows the menu of the 公众号 and whether it is ours, and may set it."""

import sys

from service.channels.wechat import ApiError, create_api, load_wechat_settings, menu
from service.command_start import migrated_or_exit, settings_or_exit
from service.platform.context import create_platform
from service.platform.settings import SettingsError


def main() -> int:
    settings = settings_or_exit()
    try:
        wechat = load_wechat_settings()
    except SettingsError as error:
        print(error)
        return 2
    if not wechat.is_on:
        print("WECHAT_APP_ID is not set: there is no account to ask (docs/wechat.md).")
        return 2
    platform = create_platform(settings)
    migrated_or_exit(platform.database)
    try:
        return _run(menu.MenuKeeper(create_api(platform, wechat), settings.base_url), change="--set" in sys.argv[1:])
    except ApiError as error:
        print(f"WeChat refuses: {error}")
        return 1
    finally:
        platform.database.dispose()


def _run(keeper: menu.MenuKeeper, *, change: bool) -> int:
    found = keeper.found()
    if menu.is_same(found, keeper.wanted):
        print(f"The menu is ours:\n{menu.show(found)}")
        return 0
    print(f"The menu there:\n{menu.show(found)}\n\nOurs:\n{menu.show(keeper.wanted)}")
    if not change:
        print("\nThey differ: `make wechat-menu ARGS=--set` sets ours. Phones show it within five minutes.")
        return 1
    keeper.set()
    print("\nOurs is set. Phones show it within five minutes.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
