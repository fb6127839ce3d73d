"""`make wechat-demo`: the product beside a made-up WeChat, with pages on which a person can chat."""

import os
import secrets
import signal
import string
import subprocess
import sys
import time
from pathlib import Path

import httpx

from tests.wechat.emulator.server import Office, serve
from tests.wechat.emulator.wecom.server import DeskOffice, bell_delivery

ROOT = Path(__file__).resolve().parents[2]
_LETTERS = string.ascii_letters + string.digits


def _random(length: int) -> str:
    return "".join(secrets.choice(_LETTERS) for _ in range(length))


def main() -> int:
    port = int(os.environ.get("WECHAT_DEMO_PORT", "8090"))
    product = f"http://127.0.0.1:{os.environ.get('PORT', '8000')}"
    account = {
        "app_id": f"wx{secrets.token_hex(8)}",
        "secret": _random(32),
        "token": _random(16),
        "aes_key": _random(43),
    }
    office = Office(**account, address=lambda: product)
    corporation = {
        "corp_id": f"ww{secrets.token_hex(8)}",
        "secret": _random(32),
        "token": _random(16),
        "aes_key": _random(43),
    }
    stops = [
        serve(office, port),
        serve(DeskOffice(**corporation, deliver=bell_delivery(product)), port + 1),
    ]
    settings = {
        "WECHAT_APP_ID": account["app_id"],
        "WECHAT_APP_SECRET": account["secret"],
        "WECHAT_TOKEN": account["token"],
        "WECHAT_AES_KEY": account["aes_key"],
        "WECHAT_API_URL": f"http://127.0.0.1:{port}",
        "WECOM_CORP_ID": corporation["corp_id"],
        "WECOM_SECRET": corporation["secret"],
        "WECOM_TOKEN": corporation["token"],
        "WECOM_AES_KEY": corporation["aes_key"],
        "WECOM_API_URL": f"http://127.0.0.1:{port + 1}",
    }
    process = subprocess.Popen([sys.executable, "scripts/run.py"], cwd=ROOT, env={**os.environ, **settings})
    signal.signal(signal.SIGINT, lambda *_: None)  # the product has it too, and ends by it
    try:
        if _wait_until_ready(process, product):
            print(f"\n  Chat with the 公众号:     http://127.0.0.1:{port}/", flush=True)
            print(f"  Chat with 微信客服:       http://127.0.0.1:{port + 1}/", flush=True)
            print(
                f"  Bind it to a merchant:  {product}/demo/ → 通知设置 → 绑定微信, then 扫一扫 in the 公众号\n",
                flush=True,
            )
        return process.wait()
    finally:
        for stop in stops:
            stop()


def _wait_until_ready(process: "subprocess.Popen[bytes]", product: str) -> bool:
    while process.poll() is None:
        try:
            if httpx.get(f"{product}/readyz", timeout=5).status_code == 200:
                return True
        except httpx.HTTPError:
            pass
        time.sleep(0.5)
    return False


if __name__ == "__main__":
    sys.exit(main())
