"""Agents beside merchants, what an account has open, its services and its transactions."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_MONEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_JSON = sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql")
_KIND_OF_MODEL = {"智能POS": "smart", "电签POS": "signature", "移动POS": "mobile", "扫码音箱": "speaker"}


def upgrade() -> None:
    # Rows that are there are merchants with an open account; who writes new ones says what they are.
    op.add_column("merchants", sa.Column("kind", sa.String(length=10), nullable=False, server_default="merchant"))
    op.add_column("merchants", sa.Column("status", sa.String(length=10), nullable=False, server_default="active"))
    op.add_column("merchants", sa.Column("fees_owed_fen", _MONEY, nullable=True))
    op.add_column("merchants", sa.Column("open_disputes", sa.Integer(), nullable=True))
    op.add_column("merchants", sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("merchants", sa.Column("close_reference", sa.String(length=64), nullable=True))
    op.add_column(
        "conversation_identities", sa.Column("party", sa.String(length=10), nullable=False, server_default="merchant")
    )
    _upgrade_terminals()
    _create_services_and_transactions()
    _create_agencies()


def _upgrade_terminals() -> None:
    op.add_column("terminals", sa.Column("kind", sa.String(length=10), nullable=False, server_default="classic"))
    terminals = sa.table("terminals", sa.column("model"), sa.column("kind"))
    for model, kind in _KIND_OF_MODEL.items():
        op.execute(terminals.update().where(terminals.c.model == model).values(kind=kind))
    op.add_column("terminals", sa.Column("bought_properly", sa.Boolean(), nullable=True))
    op.add_column("terminals", sa.Column("fees_owed_fen", _MONEY, nullable=True))
    op.add_column("terminals", sa.Column("open_disputes", sa.Integer(), nullable=True))
    op.add_column("terminals", sa.Column("clauses", _JSON, nullable=False, server_default="{}"))


def _create_services_and_transactions() -> None:
    op.create_table(
        "merchant_services",
        sa.Column("merchant_id", sa.String(length=32), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=40), nullable=False),
        sa.Column("fee_fen", _MONEY, nullable=False),
        sa.Column("period", sa.String(length=10), nullable=False),
        sa.Column("started_on", sa.Date(), nullable=True),
        sa.Column("charged_fen", _MONEY, nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("clause", sa.String(length=400), nullable=True),
        sa.Column("stopped_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("stop_reference", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(
            ["merchant_id"], ["merchants.id"], name=op.f("fk_merchant_services_merchant_id_merchants")
        ),
        sa.PrimaryKeyConstraint("merchant_id", "code", name=op.f("pk_merchant_services")),
    )
    op.create_table(
        "transactions",
        sa.Column("reference", sa.String(length=32), nullable=False),
        sa.Column("merchant_id", sa.String(length=32), nullable=False),
        sa.Column("voucher_no", sa.String(length=20), nullable=False),
        sa.Column("terminal_no", sa.String(length=8), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("amount_fen", _MONEY, nullable=False),
        sa.Column("refunded_fen", _MONEY, nullable=False),
        sa.Column("card_tail", sa.String(length=4), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "refunded_fen >= 0 AND refunded_fen <= amount_fen", name=op.f("ck_transactions_within_amount")
        ),
        sa.ForeignKeyConstraint(["merchant_id"], ["merchants.id"], name=op.f("fk_transactions_merchant_id_merchants")),
        sa.PrimaryKeyConstraint("reference", name=op.f("pk_transactions")),
    )
    op.create_index(op.f("ix_transactions_merchant_id_at"), "transactions", ["merchant_id", "at"])


def _create_agencies() -> None:
    op.create_table(
        "agencies",
        sa.Column("merchant_id", sa.String(length=32), nullable=False),
        sa.Column("contract_no", sa.String(length=40), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=True),
        sa.Column("deposit_fen", _MONEY, nullable=False),
        sa.Column("deposit_paid_on", sa.Date(), nullable=True),
        sa.Column("clause", sa.String(length=400), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("transactions_fen", _MONEY, nullable=True),
        sa.ForeignKeyConstraint(["merchant_id"], ["merchants.id"], name=op.f("fk_agencies_merchant_id_merchants")),
        sa.PrimaryKeyConstraint("merchant_id", name=op.f("pk_agencies")),
    )


def downgrade() -> None:
    op.drop_table("agencies")
    op.drop_index(op.f("ix_transactions_merchant_id_at"), table_name="transactions")
    op.drop_table("transactions")
    op.drop_table("merchant_services")
    for column in ("clauses", "open_disputes", "fees_owed_fen", "bought_properly", "kind"):
        op.drop_column("terminals", column)
    op.drop_column("conversation_identities", "party")
    for column in ("close_reference", "closed_at", "open_disputes", "fees_owed_fen", "status", "kind"):
        op.drop_column("merchants", column)
