"""The parts of the platform in one place, as the folders and their routes get them."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

from service.platform.clock import Clock, SystemClock
from service.platform.crypto import BlindIndex, Cipher
from service.platform.database import Database
from service.platform.idempotency import Idempotency
from service.platform.outbox import Outbox
from service.platform.settings import Settings
from service.platform.vault import Vault


@dataclass(frozen=True)
class Platform:
    settings: Settings
    clock: Clock
    database: Database
    cipher: Cipher
    blind_index: BlindIndex
    vault: Vault
    outbox: Outbox
    idempotency: Idempotency


def create_platform(settings: Settings, *, clock: Clock | None = None, database: Database | None = None) -> Platform:
    clock = clock or SystemClock()
    database = database or Database(settings.database)
    cipher = Cipher(settings.vault_key_bytes)
    blind_index = BlindIndex(settings.secret_key.get_secret_value())
    return Platform(
        settings=settings,
        clock=clock,
        database=database,
        cipher=cipher,
        blind_index=blind_index,
        vault=Vault(cipher, blind_index, clock),
        outbox=Outbox(database, clock),
        idempotency=Idempotency(database, clock),
    )


async def get_platform(request: Request) -> Platform:
    platform: Platform = request.app.state.platform
    return platform


CurrentPlatform = Annotated[Platform, Depends(get_platform)]
