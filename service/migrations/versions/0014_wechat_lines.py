"""A second line to WeChat: users known by account and person, our own reference of each message, fetched accounts."""

import sqlalchemy as sa
from alembic import op

from service.platform.database import BigKey

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

_KEYS = {
    "wechat_users": "openid",
    "wechat_receipts": "openid",
    "wechat_outgoing": "openid",
    "wechat_tickets": "used_by",
}


def upgrade() -> None:
    moment = sa.DateTime(timezone=True)
    _resize_keys(old=64, new=140)
    op.add_column("wechat_users", sa.Column("attended_at", moment, nullable=True))
    op.add_column("wechat_outgoing", sa.Column("reference", sa.String(length=32), nullable=True))
    op.create_index(op.f("ix_wechat_outgoing_reference"), "wechat_outgoing", ["reference"])
    op.create_table(
        "wechat_pulls",
        sa.Column("open_kfid", sa.String(length=64), nullable=False),
        sa.Column("cursor", sa.String(length=200), nullable=True),
        sa.Column("bell_sealed", sa.Text(), nullable=True),
        sa.Column("bell_at", moment, nullable=True),
        sa.Column("rang", BigKey, nullable=False),
        sa.Column("heard", BigKey, nullable=False),
        sa.Column("next_at", moment, nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("lease_token", sa.String(length=32), nullable=True),
        sa.Column("lease_until", moment, nullable=True),
        sa.Column("created_at", moment, nullable=False),
        sa.PrimaryKeyConstraint("open_kfid", name=op.f("pk_wechat_pulls")),
    )


def downgrade() -> None:
    op.drop_table("wechat_pulls")
    op.drop_index(op.f("ix_wechat_outgoing_reference"), "wechat_outgoing")
    with op.batch_alter_table("wechat_outgoing") as table:
        table.drop_column("reference")
    with op.batch_alter_table("wechat_users") as table:
        table.drop_column("attended_at")
    _resize_keys(old=140, new=64)


def _resize_keys(*, old: int, new: int) -> None:
    for table_name, column in _KEYS.items():
        with op.batch_alter_table(table_name) as table:
            table.alter_column(column, existing_type=sa.String(length=old), type_=sa.String(length=new))
