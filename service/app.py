"""Wires the folders of the service together: the one place that knows them all."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

import structlog
from fastapi import FastAPI
from starlette.concurrency import run_in_threadpool

from service import health
from service.accounts import Accounts, DemoDirectory, FileSms, LogSms, SmsSender
from service.accounts import api as accounts_api
from service.cases import create_cases, subscribe
from service.cases import routers as case_routers
from service.cases import schedule as schedule_case_jobs
from service.channels import web
from service.conversations import (
    ApplicationListeners,
    Conversations,
    RasaEngine,
    Streams,
    TurnEngine,
    TurnRunner,
    Turns,
    conversation_exists,
)
from service.platform.clock import Clock
from service.platform.context import Platform, create_platform
from service.platform.errors import install_error_handlers
from service.platform.http import BodyLimit, SafeHeaders
from service.platform.jobs import Copies, Jobs
from service.platform.limits import RateLimits
from service.platform.logging import AccessLog
from service.platform.settings import Settings

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Background:
    """What runs beside the requests, in the order in which it starts; it stops the other way round."""

    platform: Platform
    jobs: Jobs
    runner: TurnRunner
    streams: Streams

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        async with AsyncExitStack() as stack:
            stack.callback(self.platform.database.dispose)
            for part in (self.jobs, self.platform.outbox, self.runner):
                await run_in_threadpool(part.start)
                stack.push_async_callback(run_in_threadpool, part.stop)
            await stack.enter_async_context(self.streams.running())
            yield


def create_app(
    settings: Settings, *, clock: Clock | None = None, engine: TurnEngine | None = None, background: bool = True
) -> FastAPI:
    """`background=False` leaves out everything that runs by itself: tests then take each step on their own."""
    platform = create_platform(settings, clock=clock)
    limits = RateLimits(settings.limits_storage_url)
    engine = engine or _rasa(settings)
    accounts = Accounts(
        platform,
        directory=DemoDirectory(platform.database, platform.cipher, platform.blind_index, platform.clock),
        sms=_sms_sender(platform),
        limits=limits,
        conversation_exists=conversation_exists,
    )
    turns = Turns(platform, accounts, settings.executor_id)
    runner = TurnRunner(platform.database, turns, engine)
    streams = Streams(platform.database, accounts)
    jobs = Jobs(
        database_url=settings.jobs_database,
        executor_id=settings.executor_id,
        copies=Copies(platform.database, platform.clock, settings.executor_id),
    )
    jobs.on_start(schedule_case_jobs)
    ApplicationListeners(platform.outbox, platform.clock)
    cases = create_cases(platform, accounts.directory)
    subscribe(cases)

    work = Background(platform, jobs, runner, streams)
    app = _create_fastapi(settings, work if background else None)
    app.state.platform = platform
    app.state.limits = limits
    app.state.accounts = accounts
    app.state.cases = cases
    app.state.conversations = Conversations(platform, accounts, limits)
    app.state.streams = streams
    app.state.runner = runner
    app.state.engine = engine
    app.state.jobs = jobs

    for router in (
        accounts_api.router,
        *case_routers,
        web.api.router,
        web.demo.router,
        web.pages.router,
        health.router,
    ):
        app.include_router(router)
    web.pages.mount_assets(app, settings)
    return app


def _create_fastapi(settings: Settings, work: Background | None) -> FastAPI:
    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        if work is None:
            yield
            return
        async with work.running():
            log.info("service.started", env=settings.env, copy=settings.executor_id)
            yield

    app = FastAPI(
        title="POS 商户服务助手",
        summary="Conversations, applications, documents, review and payout.",
        version="0.1.0",
        lifespan=lifespan,
        openapi_url="/openapi.json" if settings.is_demo else None,
        docs_url=None,
        redoc_url=None,
    )
    install_error_handlers(app)
    app.add_middleware(BodyLimit)
    app.add_middleware(SafeHeaders, https=settings.base_url.startswith("https://"))
    app.add_middleware(AccessLog)
    return app


def _rasa(settings: Settings) -> RasaEngine:
    return RasaEngine(
        url=settings.rasa_url,
        token=settings.service_token.get_secret_value(),
        timeout_seconds=settings.turn_timeout_seconds,
    )


def _sms_sender(platform: Platform) -> SmsSender | None:
    match platform.settings.sms_adapter:
        case "file":
            return FileSms(platform.settings.data_dir / "sms.jsonl", platform.clock)
        case "log":
            return LogSms()
        case "off":
            return None
