"""Conversations that a WeChat user had before the present one, so that they go with who leaves."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

_TABLE = "wechat_former_conversations"


def upgrade() -> None:
    op.create_table(
        _TABLE,
        sa.Column("conversation_id", sa.String(length=32), nullable=False),
        sa.Column("openid", sa.String(length=140), nullable=False),
        sa.PrimaryKeyConstraint("conversation_id", name=op.f(f"pk_{_TABLE}")),
    )
    op.create_index(op.f(f"ix_{_TABLE}_openid"), _TABLE, ["openid"])


def downgrade() -> None:
    op.drop_table(_TABLE)
