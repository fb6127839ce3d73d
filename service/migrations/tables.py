"""Every table of the service, gathered from the folders that own them."""

from service.accounts import models as accounts
from service.assist import models as assist
from service.cases import models as cases
from service.cases import reason_book
from service.cases.counsel import models as counsel
from service.cases.queue import models as queue
from service.cases.reading import models as readings
from service.channels.wechat import models as wechat
from service.conversations import models as conversations
from service.conversations.desk import models as agents
from service.notifications import models as notifications
from service.platform import chain, idempotency, jobs, outbox, trail, vault
from service.platform.database import Base

OWNERS = (
    accounts,
    agents,
    assist,
    cases,
    chain,
    conversations,
    counsel,
    idempotency,
    jobs,
    notifications,
    outbox,
    queue,
    readings,
    reason_book,
    trail,
    vault,
    wechat,
)
metadata = Base.metadata
