"""Events to other systems of the operator, signed as Standard Webhooks has it."""

from __future__ import annotations

import json
import socket
import ssl
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from urllib.parse import urlsplit

import httpcore
from standardwebhooks import Webhook

from service.notifications.channels.pinned import AddressRefused, IPNetwork, PinnedBackend, checked_address
from service.notifications.channels.port import GiveUp, Outgoing, TargetGone, TryAgain
from service.notifications.settings import WebhookTarget
from service.notifications.targets import Targets
from service.platform.clock import Clock

TOTAL_SECONDS = 15.0
_GONE = 410
_TAKEN = range(200, 300)
_ELSEWHERE = range(300, 400)

Resolve = Callable[[str, int], Sequence[str]]


def resolve(host: str, port: int) -> Sequence[str]:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(entry[4][0]) for entry in found]


class WebhookChannel:
    def __init__(
        self,
        targets: Targets,
        *,
        clock: Clock,
        networks: Sequence[IPNetwork] = (),
        ca_file: Path | None = None,
        resolve: Resolve = resolve,
        total_seconds: float = TOTAL_SECONDS,
    ) -> None:
        self._targets = targets
        self._clock = clock
        self._networks = networks
        self._tls = ssl.create_default_context()
        if ca_file:
            self._tls.load_verify_locations(ca_file)
        self._resolve = resolve
        self._total_seconds = total_seconds

    def send(self, notice: Outgoing) -> None:
        target = self._targets.named(notice.recipient_id)
        if target is None:
            raise GiveUp("设置里没有这个接收方了（WEBHOOK_TARGETS）")
        try:
            status = self._post(target, notice)
        except AddressRefused:
            raise TryAgain("接收方的地址在内网，不能连；需要的话写进 WEBHOOK_NETWORKS") from None
        except OSError as error:
            raise TryAgain(f"连不上接收方（{type(error).__name__}）") from None
        except httpcore.TimeoutException:
            raise TryAgain("接收方太久没有回应") from None
        except (httpcore.NetworkError, httpcore.ProtocolError) as error:
            raise TryAgain(f"连不上接收方（{type(error).__name__}）") from None
        _judge(status)

    def _post(self, target: WebhookTarget, notice: Outgoing) -> int:
        ends_at = time.monotonic() + self._total_seconds
        parts = urlsplit(target.url)
        port = parts.port or (443 if parts.scheme == "https" else 80)
        address = checked_address(self._resolve(parts.hostname or "", port), self._networks)
        body = json.dumps(notice.content, ensure_ascii=False, separators=(",", ":"))
        backend = PinnedBackend(address, ends_at)
        with (
            httpcore.ConnectionPool(ssl_context=self._tls, network_backend=backend) as pool,
            pool.stream(
                "POST", target.url, headers=self._headers(target, notice.id, body), content=body.encode()
            ) as answer,
        ):
            return answer.status

    def _headers(self, target: WebhookTarget, notice_id: str, body: str) -> list[tuple[bytes | str, bytes | str]]:
        now = self._clock.now()
        return [
            ("Content-Type", "application/json"),
            ("User-Agent", "pos-assistant-webhooks/1"),
            ("webhook-id", notice_id),
            ("webhook-timestamp", str(int(now.timestamp()))),
            ("webhook-signature", Webhook(target.secret.get_secret_value()).sign(notice_id, now, body)),
        ]


def _judge(status: int) -> None:
    if status in _TAKEN:
        return
    if status == _GONE:
        raise TargetGone("接收方回了 410，已停用")
    if status in _ELSEWHERE:
        raise TryAgain(f"接收方要转到别的地址（{status}），我们不跟过去")
    raise TryAgain(f"接收方回了 {status}")
