"""`make wechat-demo`: the product beside a made-up WeChat, with a page on which a person can chat with the account."""

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
    stop = serve(office, port)
    settings = {
        "WECHAT_APP_ID": account["app_id"],
        "WECHAT_APP_SECRET": account["secret"],
        "WECHAT_TOKEN": account["token"],
        "WECHAT_AES_KEY": account["aes_key"],
        "WECHAT_API_URL": f"http://127.0.0.1:{port}",
    }
    process = subprocess.Popen([sys.executable, "scripts/run.py"], cwd=ROOT, env={**os.environ, **settings})
    signal.signal(signal.SIGINT, lambda *_: None)  # the product has it too, and ends by it
    try:
        if _wait_until_ready(process, product):
            print(f"\n  Chat with the account:  http://127.0.0.1:{port}/", flush=True)
            print(
                f"  Bind it to a merchant:  {product}/demo/ → 通知设置 → 绑定微信, then 扫一扫 in the chat\n",
                flush=True,
            )
        return process.wait()
    finally:
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
