"""Wires the folders of the service together: the one place that knows them all."""

from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

import structlog
from fastapi import FastAPI
from starlette.concurrency import run_in_threadpool

from service import health, housekeeping
from service.accounts import Accounts, DemoDirectory, FileSms, LogSms, SmsSender, current_staff
from service.accounts import router as accounts_router
from service.admin import mount_admin
from service.assist import Assist, Suggester, create_reading_router
from service.assist import router as assist_router
from service.cases import QUEUES as CASE_QUEUES
from service.cases import (
    CalendarFileError,
    Cases,
    ProcedureFileError,
    ReasonFileError,
    ReminderFileError,
    create_cases,
    subscribe,
)
from service.cases import routers as case_routers
from service.cases import schedule as schedule_case_jobs
from service.channels import web, wechat
from service.conversations import (
    SIGNAL_CONVERSATION,
    AgentRoom,
    ApplicationListeners,
    ChatRoom,
    Conversations,
    InboxFeed,
    QueueListeners,
    RasaEngine,
    RehearsingBot,
    Streams,
    TurnEngine,
    TurnRunner,
    Turns,
    agent_routers,
    conversation_exists,
    conversation_review_router,
    employ_agents,
    look_at_conversation,
    schedule_agent_jobs,
    serves_conversation,
)
from service.knowledge import ContactFileError, Knowledge, KnowledgeFileError, create_review_router, load_knowledge
from service.knowledge import router as knowledge_router
from service.notifications import NoticeFileError, Sender, create_notifications
from service.notifications import routers as notification_routers
from service.platform.clock import Clock
from service.platform.context import Platform, create_platform
from service.platform.errors import install_error_handlers
from service.platform.http import BodyLimit, RehearsalGuard, SafeHeaders
from service.platform.jobs import Copies, Jobs
from service.platform.limits import RateLimits
from service.platform.logging import AccessLog
from service.platform.settings import Settings, SettingsError

#: A mistake in a setting or in a file that people edit; the message is for them.
START_REFUSED: tuple[type[Exception], ...] = (
    SettingsError,
    CalendarFileError,
    ContactFileError,
    KnowledgeFileError,
    NoticeFileError,
    ProcedureFileError,
    ReasonFileError,
    ReminderFileError,
)
REHEARSALS_AT_ONCE = 4
#: What a rehearsed turn may post to.
REHEARSED_BY = ("/v1/rehearsals", "/v1/contacts/check")
ROUTERS = (
    accounts_router,
    assist_router,
    create_reading_router(look_at_conversation),
    *case_routers,
    conversation_review_router,
    *agent_routers,
    *notification_routers,
    knowledge_router,
    create_review_router(current_staff()),
    web.api.router,
    web.demo.router,
    web.docs.router,
    web.pages.router,
    wechat.router,
    wechat.customer_service_router,
    health.router,
)

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Background:
    """What runs beside the requests, in the order in which it starts; it stops the other way round."""

    platform: Platform
    jobs: Jobs
    runner: TurnRunner
    suggester: Suggester
    notices: Sender
    streams: Streams
    inbox_feed: InboxFeed
    bridge: wechat.WechatBridge | None = None

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        async with AsyncExitStack() as stack:
            stack.callback(self.platform.database.dispose)
            bridge = self.bridge.threads if self.bridge else ()
            for part in (self.jobs, self.platform.outbox, self.runner, self.suggester, self.notices, *bridge):
                await run_in_threadpool(part.start)
                stack.push_async_callback(run_in_threadpool, part.stop)
            await stack.enter_async_context(self.streams.running())
            await stack.enter_async_context(self.inbox_feed.running())
            yield


def create_app(
    settings: Settings, *, clock: Clock | None = None, engine: TurnEngine | None = None, background: bool = True
) -> FastAPI:
    """`background=False` leaves out everything that runs by itself: tests then take each step on their own."""
    platform = create_platform(settings, clock=clock)
    limits = RateLimits(settings.limits_storage_url)
    engine = engine or _rasa(settings)
    accounts = _accounts(platform, limits)
    cases = create_cases(platform, accounts.directory, conversation_exists=conversation_exists)
    conversations = Conversations(platform, accounts, limits)
    bridge = wechat.create_bridge(
        platform,
        wechat.load_wechat_settings(),
        wechat.load_wecom_settings(),
        accounts=accounts,
        cases=cases,
        conversations=conversations,
        speech=wechat.create_speech(platform, wechat.load_speech_settings()),
    )
    notifications = create_notifications(platform, accounts, cases, limits, wechat=bridge.notices if bridge else None)
    knowledge = load_knowledge(settings.knowledge_dir)
    runner = TurnRunner(platform.database, Turns(platform, accounts, settings.executor_id), engine)
    assist = _assist(platform, accounts, cases, knowledge, engine)
    suggester = Suggester(platform.database, assist, SIGNAL_CONVERSATION)
    streams = Streams(platform.database, accounts, assist.newest)
    subscribe(cases)
    ApplicationListeners(platform.outbox, platform.clock)
    agent_room = AgentRoom(platform, accounts, cases, assist, limits)
    inbox_feed = InboxFeed(platform.database, platform.clock)
    QueueListeners(platform.outbox, platform.clock, agent_room.assignment)
    employ_agents(agent_room)

    work = Background(platform, _jobs(platform), runner, suggester, notifications.sender, streams, inbox_feed, bridge)
    app = _create_fastapi(settings, work if background else None)
    # What the routes find in `request.app.state`.
    for name, part in {
        "platform": platform,
        "limits": limits,
        "accounts": accounts,
        "cases": cases,
        "knowledge": knowledge,
        "notifications": notifications,
        "conversations": conversations,
        "wechat": bridge,
        "streams": streams,
        "agent_room": agent_room,
        "inbox_feed": inbox_feed,
        "runner": runner,
        "engine": engine,
        "assist": assist,
        "suggester": suggester,
    }.items():
        setattr(app.state, name, part)
    for router in ROUTERS:
        app.include_router(router)
    web.pages.mount_assets(app, settings)
    mount_admin(app, platform, accounts, cases)
    return app


def _accounts(platform: Platform, limits: RateLimits) -> Accounts:
    return Accounts(
        platform,
        directory=DemoDirectory(platform.database, platform.cipher, platform.blind_index, platform.clock),
        sms=_sms_sender(platform),
        limits=limits,
        conversation_exists=conversation_exists,
        serves=serves_conversation,
    )


def _assist(platform: Platform, accounts: Accounts, cases: Cases, knowledge: Knowledge, engine: TurnEngine) -> Assist:
    return Assist(
        platform,
        accounts=accounts,
        cases=cases,
        knowledge=knowledge,
        chats=ChatRoom(platform.clock),
        bot=RehearsingBot(engine),
        pool=ThreadPoolExecutor(REHEARSALS_AT_ONCE, thread_name_prefix="rehearse"),
    )


def _jobs(platform: Platform) -> Jobs:
    settings = platform.settings
    copies = Copies(platform.database, platform.clock, settings.executor_id)
    jobs = Jobs(database_url=settings.jobs_database, executor_id=settings.executor_id, copies=copies)
    for name, limits in CASE_QUEUES.items():
        jobs.queue(name, **limits)
    housekeeping.employ(platform)
    jobs.on_start(schedule_case_jobs)
    jobs.on_start(housekeeping.schedule)
    jobs.on_start(schedule_agent_jobs)
    return jobs


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
    app.add_middleware(RehearsalGuard, open_paths=REHEARSED_BY)
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
