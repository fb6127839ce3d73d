"""The menu of the account as code: what it should be, and the difference to what WeChat shows."""

from __future__ import annotations

import json
from typing import Any

from service.channels.wechat.api import WechatApi
from service.channels.wechat.outcomes import SAY


def wanted_menu(page_url: str) -> dict[str, Any]:
    """At most three with at most five each; a key that is said in the user's place needs no code of its own."""
    return {
        "button": [
            {
                "name": "办业务",
                "sub_button": [
                    _says("退押金", "退押金"),
                    _says("取消POS机", "取消POS机"),
                    _says("撤销服务", "撤销服务"),
                    _says("交易退款", "交易退款"),
                ],
            },
            {"name": "查进度", "type": "click", "key": f"{SAY}查询进度"},
            {
                "name": "帮助",
                "sub_button": [
                    _says("常见问题", "有哪些常见问题"),
                    _says("转人工", "转人工"),
                    {"name": "网页版", "type": "view", "url": page_url},
                ],
            },
        ]
    }


def show(menu: dict[str, Any] | None) -> str:
    return json.dumps(menu, ensure_ascii=False, indent=2) if menu else "（还没有菜单）"


def is_same(found: dict[str, Any] | None, wanted: dict[str, Any]) -> bool:
    """Whether they look and act the same: WeChat adds empty lists to what it gives back."""
    return found is not None and _looks(found["button"]) == _looks(wanted["button"])


class MenuKeeper:
    def __init__(self, api: WechatApi, base_url: str) -> None:
        self._api = api
        self.wanted = wanted_menu(f"{base_url}/widget/")

    def found(self) -> dict[str, Any] | None:
        answer = self._api.menu()
        menu: dict[str, Any] | None = answer.get("menu") if answer else None
        return menu

    def set(self) -> None:
        self._api.set_menu(self.wanted)


def _says(name: str, sentence: str) -> dict[str, Any]:
    return {"name": name, "type": "click", "key": SAY + sentence}


def _looks(buttons: list[dict[str, Any]]) -> list[Any]:
    return [
        (each["name"], each.get("type"), each.get("key"), each.get("url"), _looks(each.get("sub_button") or []))
        for each in buttons
    ]
