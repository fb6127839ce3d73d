"""Staff and their roles, merchants and terminals, and who a conversation speaks for.

The public face: what other folders may import stands here.
"""

from service.accounts.api import CurrentAccounts, router
from service.accounts.contacts import StaffContact, staff_addresses, staff_of_roles
from service.accounts.demo_directory import DemoDirectory
from service.accounts.directory import (
    MerchantDirectory,
    MerchantUnknown,
    NotInDirectory,
    ServiceUnknown,
    TerminalUnknown,
)
from service.accounts.identity import TOPIC_VERIFIED
from service.accounts.merchant_book import MerchantBook, MerchantEntry
from service.accounts.models import ConversationIdentity, Merchant, OneTimeCode, Staff, StaffSession, Terminal
from service.accounts.people import StaffChanges, StaffEntry, StaffPeople
from service.accounts.principals import (
    SESSION_COOKIE,
    Actor,
    CurrentActor,
    CurrentDoorkeeper,
    CurrentMerchant,
    NotServed,
    Party,
    ServedActor,
    StaffMember,
    VerifiedActor,
    current_actor,
    current_staff,
    require_merchant,
)
from service.accounts.problems import CodeRefused, LastAdmin, LoginTaken, LoginUnusable, OwnRole, StaffUnknown
from service.accounts.records import (
    AccountStanding,
    AgencyRecord,
    ClauseKind,
    ContractFacts,
    MerchantRecord,
    PartyKind,
    ServiceRecord,
    SettlementAccount,
    TerminalKind,
    TerminalRecord,
    TransactionRecord,
)
from service.accounts.roles import ROOMS, Role, Room, roles_in
from service.accounts.rules import fold_merchant_no, fold_phone, sign_identity_token
from service.accounts.schemas import Identity
from service.accounts.service import Accounts
from service.accounts.sms import FileSms, LogSms, SmsSender
from service.accounts.staff import StaffAccounts, forget_ended

__all__ = [
    "ROOMS",
    "SESSION_COOKIE",
    "TOPIC_VERIFIED",
    "AccountStanding",
    "Accounts",
    "Actor",
    "AgencyRecord",
    "ClauseKind",
    "CodeRefused",
    "ContractFacts",
    "ConversationIdentity",
    "CurrentAccounts",
    "CurrentActor",
    "CurrentDoorkeeper",
    "CurrentMerchant",
    "DemoDirectory",
    "FileSms",
    "Identity",
    "LastAdmin",
    "LogSms",
    "LoginTaken",
    "LoginUnusable",
    "Merchant",
    "MerchantBook",
    "MerchantDirectory",
    "MerchantEntry",
    "MerchantRecord",
    "MerchantUnknown",
    "NotInDirectory",
    "NotServed",
    "OneTimeCode",
    "OwnRole",
    "Party",
    "PartyKind",
    "Role",
    "Room",
    "ServedActor",
    "ServiceRecord",
    "ServiceUnknown",
    "SettlementAccount",
    "SmsSender",
    "Staff",
    "StaffAccounts",
    "StaffChanges",
    "StaffContact",
    "StaffEntry",
    "StaffMember",
    "StaffPeople",
    "StaffSession",
    "StaffUnknown",
    "Terminal",
    "TerminalKind",
    "TerminalRecord",
    "TerminalUnknown",
    "TransactionRecord",
    "VerifiedActor",
    "current_actor",
    "current_staff",
    "fold_merchant_no",
    "fold_phone",
    "forget_ended",
    "require_merchant",
    "roles_in",
    "router",
    "sign_identity_token",
    "staff_addresses",
    "staff_of_roles",
]
