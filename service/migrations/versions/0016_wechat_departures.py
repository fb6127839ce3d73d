"""Who left, unreadable and for an hour, so that a late repeat brings nobody back and forgets nobody anew."""

import sqlalchemy as sa
from alembic import op

from service.platform.database import BigKey

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

_TABLE = "wechat_departures"


def upgrade() -> None:
    op.create_table(
        _TABLE,
        sa.Column("blind", sa.String(length=64), nullable=False),
        sa.Column("left_at", BigKey, nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("blind", name=op.f(f"pk_{_TABLE}")),
    )
    op.create_index(op.f(f"ix_{_TABLE}_noted_at"), _TABLE, ["noted_at"])


def downgrade() -> None:
    op.drop_table(_TABLE)
