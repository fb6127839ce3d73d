"""The port to the acquirer's own system of merchants and terminals."""

from typing import Protocol

from service.accounts.records import (
    AccountStanding,
    AgencyRecord,
    MerchantRecord,
    ServiceRecord,
    SettlementAccount,
    TerminalRecord,
    TransactionRecord,
)


class NotInDirectory(Exception):
    """What is to be changed is not there for this merchant; trying again does not help."""


class MerchantUnknown(NotInDirectory):
    pass


class TerminalUnknown(NotInDirectory):
    pass


class ServiceUnknown(NotInDirectory):
    pass


class MerchantDirectory(Protocol):
    """May be a remote system: never change anything there inside one of our own transactions."""

    def find(self, merchant_no: str) -> MerchantRecord | None: ...

    def get(self, merchant_id: str) -> MerchantRecord | None: ...

    def terminals(self, merchant_id: str) -> list[TerminalRecord]: ...

    def settlement_account(self, merchant_id: str) -> SettlementAccount | None: ...

    def standing(self, merchant_id: str) -> AccountStanding: ...

    def services(self, merchant_id: str) -> list[ServiceRecord]: ...

    def transactions(self, merchant_id: str) -> list[TransactionRecord]:
        """Those of the last year, the newest first."""

    def agency(self, merchant_id: str) -> AgencyRecord | None: ...

    def unbind_terminal(self, merchant_id: str, terminal_no: str, *, reference: str) -> None:
        """Unbinds serial number, terminal number and merchant as one record; doing it again changes nothing."""

    def stop_service(self, merchant_id: str, code: str, *, reference: str) -> None:
        """Nothing is charged for it any more; doing it again changes nothing."""

    def close_account(self, merchant_id: str, *, reference: str) -> None:
        """The merchant can take no more payments; doing it again changes nothing."""
