"""Every table of the service, gathered from the folders that own them."""

from service.accounts import models as accounts
from service.cases import models as cases
from service.conversations import models as conversations
from service.platform import idempotency, jobs, outbox, vault
from service.platform.database import Base

OWNERS = (accounts, cases, conversations, idempotency, jobs, outbox, vault)
metadata = Base.metadata
