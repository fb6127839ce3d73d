"""The use cases of this folder put together, and the views that need the database."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from sqlalchemy.orm import Session

from service.accounts import Actor, StaffMember
from service.cases import facts, records, store, views, wording
from service.cases.agreement.service import Agreements
from service.cases.answering import Answering
from service.cases.asking import next_question
from service.cases.counsel import service as counsel
from service.cases.counsel.service import Counsel
from service.cases.documents.service import Papers
from service.cases.dossier import Dossier
from service.cases.errors import NoConversation
from service.cases.filing import Filing
from service.cases.journey import Journey
from service.cases.life import Life
from service.cases.matters import Matter, matters
from service.cases.models import Application, Payout
from service.cases.owners import Owners
from service.cases.parts import Parts
from service.cases.payout import accounts
from service.cases.payout.notices import Notices
from service.cases.payout.payers import Payers
from service.cases.payout.room import PayersRoom
from service.cases.payout.service import Payouts
from service.cases.queue.phone_tails import PhoneTails
from service.cases.queue.saved import SavedViews
from service.cases.queue.service import Queue
from service.cases.reading.service import Readings
from service.cases.reminders.service import Reminders
from service.cases.reports.service import Reports
from service.cases.review import AtDesk, Review, actions_of, is_involved
from service.cases.rules import MERCHANT_ACTIONS, Event, State
from service.cases.schemas import (
    ApplicationLine,
    ApplicationOut,
    OpinionOut,
    QuestionOut,
    ReviewDetail,
    ReviewMerchant,
    StaffPayoutOut,
)
from service.cases.telling import Scene
from service.cases.workdays import china_day
from service.platform.masking import mask_phone


class Cases:
    def __init__(self, parts: Parts) -> None:
        self.parts = parts
        self.life = Life(parts)
        self.owners = Owners(parts)
        self.payouts = Payouts(parts, self.life)
        self.notices = Notices(parts, self.payouts)
        self.payers_room = PayersRoom(parts)
        self.agreements = Agreements(parts)
        self.phone_tails = PhoneTails(parts)
        self.journey = Journey(parts, self.life, self.payouts, self.agreements)
        self.answering = Answering(parts, self.life, self.owners, self.agreements)
        self.filing = Filing(parts, self.life, self.owners, self.journey, self.agreements, phone_tails=self.phone_tails)
        self.reminders = Reminders(parts, self.life, self.journey)
        self.readings = Readings(parts)
        self.papers = Papers(parts, self.life, self.readings)
        self.review = Review(parts, self.life, Payers(parts, self.life, self.payouts), self.journey)
        self.queue = Queue(parts)
        self.saved_views = SavedViews(parts.platform.clock)
        self.counsel = Counsel(parts.platform)
        self.reports = Reports(parts)

    @property
    def notice_kinds(self) -> frozenset[str]:
        """Everything that a merchant may be told of, by the `kind` of its notice."""
        return frozenset(map(str, Event)) | {"deadline_moved"} | self.parts.reminders.kinds

    def show(
        self, session: Session, application: Application, actor: Actor | None = None, *, for_staff: bool = False
    ) -> ApplicationOut:
        """`actor` asks: once it is verified, its drafts are shown as the merchant's, adopted already or not."""
        owner = _owner(application, actor)
        dossier = records.dossier(self.parts, session, application)
        return views.application_view(
            dossier,
            events=store.events(session, application.id),
            payouts=store.payouts(session, application.id),
            paper=store.agreement(session, application.id),
            question=self._next_question(session, dossier, owner),
            actions=self._merchant_actions(session, application),
            scene=self._scene(owner),
            for_staff=for_staff,
        )

    def read(self, session: Session, application_no: str, actor: Actor) -> ApplicationOut:
        """The application as its own merchant sees it."""
        return self.show(session, store.find(session, application_no, actor), actor)

    def lines(self, session: Session, actor: Actor, *, only_open: bool) -> list[ApplicationLine]:
        return [
            views.application_line(
                records.dossier(self.parts, session, application), self._scene(_owner(application, actor))
            )
            for application in store.list_for(session, actor, only_open=only_open)
        ]

    def shown(
        self, session: Session, actor: Actor, *, only_open: bool = True, here: bool = False, limit: int = 10
    ) -> list[ApplicationOut]:
        """The actor's applications whole, what changed last first; `here` leaves out those of other conversations."""
        found = store.list_for(session, actor, only_open=only_open, limit=limit)
        mine = [row for row in found if not here or row.conversation_id == actor.conversation_id]
        return [self.show(session, application, actor) for application in mine]

    def matters(self, session: Session, conversation_ids: Collection[str]) -> dict[str, Matter]:
        """What is open in each of these conversations; those without anything are not there."""
        return matters(session, self.parts.catalogue, conversation_ids)

    def is_working_day(self, day: date) -> bool:
        return self.parts.calendar.is_working_day(day)

    def review_detail(self, session: Session, application: Application, staff: StaffMember) -> ReviewDetail:
        dossier = store.dossier(session, application, self.parts.catalogue)
        merchant = self.parts.directory.get(application.merchant_id or "")
        attempts = store.payouts(session, application.id)
        payout = attempts[-1] if attempts else None
        reasons = self.parts.reasons.read(session)
        opinions = counsel.opinions_of(session, application, staff)
        return ReviewDetail(
            application=self.show(session, application, for_staff=True),
            team=dossier.procedure.team,
            pays=dossier.pays,
            reply_required=dossier.procedure.reply_required,
            amount_asked_fen=dossier.asked_fen(),
            merchant=ReviewMerchant(
                merchant_no=application.merchant_no or "",
                name=application.merchant_name or wording.NOBODY,
                phone_masked=mask_phone(merchant.phone) if merchant else "",
            ),
            facts=facts.facts_for(self.parts, session, dossier, payout),
            reasons=views.reasons_view(reasons),
            readings=self.readings.shown(session, dossier),
            assignee=application.assignee_name,
            agreement=views.kept_agreement(application, store.agreement(session, application.id)),
            payout=self._payout(session, payout) if payout else None,
            notes=counsel.notes_of(session, application),
            opinions=opinions,
            conversation=self.parts.conversation_exists(session, application.conversation_id),
            allowed_actions=self._staff_actions(session, dossier, staff, payout, opinions),
        )

    def conversation_of(self, session: Session, application_no: str) -> str:
        """The conversation in which the merchant last did something about it."""
        application = store.find_filed(session, application_no)
        if not self.parts.conversation_exists(session, application.conversation_id):
            raise NoConversation
        return application.conversation_id

    def _payout(self, session: Session, payout: Payout) -> StaffPayoutOut:
        account = accounts.account_of(self.parts, payout)
        people = [staff_id for staff_id in (payout.approved_by, payout.released_by) if staff_id]
        return views.staff_payout(payout, account.shown(), store.staff_names(session, people))

    def _next_question(self, session: Session, dossier: Dossier, owner: str | None) -> QuestionOut | None:
        question = dossier.next_question()
        offers = self.answering.offers(session, owner, question) if question else []
        return next_question(
            dossier,
            offers,
            verified=owner is not None,
            wrong_party=self.owners.is_wrong_party(dossier.procedure, owner),
            return_address=self.parts.platform.settings.return_address,
        )

    def _merchant_actions(self, session: Session, application: Application) -> list[str]:
        actions = MERCHANT_ACTIONS.get(State(application.state), ())
        may_leave = "withdraw" in actions and self.journey.may_be_withdrawn(session, application)
        return [action for action in actions if action != "withdraw" or may_leave]

    def _staff_actions(
        self,
        session: Session,
        dossier: Dossier,
        staff: StaffMember,
        payout: Payout | None,
        opinions: list[OpinionOut],
    ) -> list[str]:
        application = dossier.application
        desk = AtDesk(
            payout=payout,
            undecided=bool(dossier.undecided),
            involved=is_involved(session, application, staff),
            sealed=any(answer.sealed for answer in dossier.answers),
        )
        return [*actions_of(application, staff, desk), *counsel.actions_of(application, staff, opinions)]

    def _scene(self, owner: str | None) -> Scene:
        address = self.parts.platform.settings.return_address
        return Scene(today=self._today(), return_address=address, verified=owner is not None)

    def _today(self) -> date:
        return china_day(self.parts.platform.clock.now())


def _owner(application: Application, actor: Actor | None) -> str | None:
    """Whose it is: the merchant's whose draft it became, or will become, because the merchant is the one who asks."""
    return application.merchant_id or (actor.merchant_id if actor else None)
