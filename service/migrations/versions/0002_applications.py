"""Applications with their answers, documents, audit trail and payouts."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "applications",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("application_no", sa.String(length=20), nullable=False),
        sa.Column("procedure", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=30), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("conversation_id", sa.String(length=32), nullable=False),
        sa.Column("merchant_id", sa.String(length=32), nullable=True),
        sa.Column("merchant_no", sa.String(length=15), nullable=True),
        sa.Column("merchant_name", sa.String(length=120), nullable=True),
        sa.Column(
            "prefill", sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql"), nullable=False
        ),
        sa.Column("terminal_no", sa.String(length=20), nullable=True),
        sa.Column(
            "terminal", sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql"), nullable=True
        ),
        sa.Column("active_key", sa.String(length=120), nullable=True),
        sa.Column("amount_fen", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("has_account", sa.Boolean(), nullable=False),
        sa.Column("approved_fen", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("approved_by", sa.String(length=32), nullable=True),
        sa.Column(
            "requested", sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql"), nullable=False
        ),
        sa.Column(
            "account", sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql"), nullable=True
        ),
        sa.Column("account_sealed", sa.Text(), nullable=True),
        sa.Column("agreed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("deadline_key", sa.String(length=30), nullable=True),
        sa.Column("deadline_on", sa.Date(), nullable=True),
        sa.Column("deadline_provisional", sa.Boolean(), nullable=False),
        sa.Column("deadline_left", sa.Integer(), nullable=True),
        sa.Column("assignee_id", sa.String(length=32), nullable=True),
        sa.Column("assignee_name", sa.String(length=60), nullable=True),
        sa.Column("reason_text", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_applications")),
        sa.UniqueConstraint("active_key", name=op.f("uq_applications_active_key")),
        sa.UniqueConstraint("application_no", name=op.f("uq_applications_application_no")),
    )
    op.create_index(op.f("ix_applications_conversation_id"), "applications", ["conversation_id"])
    op.create_index(op.f("ix_applications_merchant_id"), "applications", ["merchant_id"])
    op.create_index(op.f("ix_applications_state_submitted_at"), "applications", ["state", "submitted_at"])
    op.create_table(
        "refund_ledgers",
        sa.Column("merchant_id", sa.String(length=32), nullable=False),
        sa.Column("terminal_no", sa.String(length=20), nullable=False),
        sa.Column("deposit_fen", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("committed_fen", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.CheckConstraint(
            "committed_fen >= 0 AND committed_fen <= deposit_fen", name=op.f("ck_refund_ledgers_within_deposit")
        ),
        sa.PrimaryKeyConstraint("merchant_id", "terminal_no", name=op.f("pk_refund_ledgers")),
    )
    op.create_table(
        "simulated_transfers",
        sa.Column("refund_no", sa.String(length=30), nullable=False),
        sa.Column("amount_fen", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("refund_no", name=op.f("pk_simulated_transfers")),
    )
    op.create_table(
        "application_answers",
        sa.Column("application_id", sa.String(length=32), nullable=False),
        sa.Column("field", sa.String(length=40), nullable=False),
        sa.Column("value", sa.Text(), nullable=True),
        sa.Column("sealed", sa.Text(), nullable=True),
        sa.Column("display", sa.Text(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"], ["applications.id"], name=op.f("fk_application_answers_application_id_applications")
        ),
        sa.PrimaryKeyConstraint("application_id", "field", name=op.f("pk_application_answers")),
    )
    op.create_table(
        "application_documents",
        sa.Column("application_id", sa.String(length=32), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("reason_code", sa.String(length=40), nullable=True),
        sa.Column("reason_text", sa.Text(), nullable=True),
        sa.Column("decided_by", sa.String(length=32), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["application_id"], ["applications.id"], name=op.f("fk_application_documents_application_id_applications")
        ),
        sa.PrimaryKeyConstraint("application_id", "key", name=op.f("pk_application_documents")),
    )
    op.create_table(
        "application_events",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("application_id", sa.String(length=32), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("event", sa.String(length=40), nullable=False),
        sa.Column("actor_kind", sa.String(length=20), nullable=False),
        sa.Column("actor_id", sa.String(length=64), nullable=False),
        sa.Column("source", sa.String(length=30), nullable=False),
        sa.Column("target", sa.String(length=30), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column(
            "data", sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql"), nullable=False
        ),
        sa.Column("previous", sa.String(length=64), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"], ["applications.id"], name=op.f("fk_application_events_application_id_applications")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_application_events")),
        sa.UniqueConstraint("application_id", "seq", name=op.f("uq_application_events_application_id_seq")),
    )
    op.create_table(
        "application_files",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("application_id", sa.String(length=32), nullable=False),
        sa.Column("document_key", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("content_type", sa.String(length=40), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("source_digest", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"], ["applications.id"], name=op.f("fk_application_files_application_id_applications")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_application_files")),
        sa.UniqueConstraint(
            "application_id",
            "document_key",
            "source_digest",
            name=op.f("uq_application_files_application_id_document_key_source_digest"),
        ),
    )
    op.create_index(op.f("ix_application_files_digest"), "application_files", ["digest"])
    op.create_table(
        "payouts",
        sa.Column("refund_no", sa.String(length=30), nullable=False),
        sa.Column("application_id", sa.String(length=32), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("amount_fen", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("adapter", sa.String(length=20), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("live_key", sa.String(length=32), nullable=True),
        sa.Column("account_sealed", sa.Text(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("channel_no", sa.String(length=64), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("approved_by", sa.String(length=32), nullable=True),
        sa.Column("paid_by", sa.String(length=32), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("paid_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("amount_fen > 0", name=op.f("ck_payouts_positive")),
        sa.ForeignKeyConstraint(
            ["application_id"], ["applications.id"], name=op.f("fk_payouts_application_id_applications")
        ),
        sa.PrimaryKeyConstraint("refund_no", name=op.f("pk_payouts")),
        sa.UniqueConstraint("application_id", "attempt", name=op.f("uq_payouts_application_id_attempt")),
        sa.UniqueConstraint("live_key", name=op.f("uq_payouts_live_key")),
    )
    op.create_index(op.f("ix_payouts_state_updated_at"), "payouts", ["state", "updated_at"])


def downgrade() -> None:
    op.drop_index(op.f("ix_payouts_state_updated_at"), table_name="payouts")
    op.drop_table("payouts")
    op.drop_index(op.f("ix_application_files_digest"), table_name="application_files")
    op.drop_table("application_files")
    op.drop_table("application_events")
    op.drop_table("application_documents")
    op.drop_table("application_answers")
    op.drop_table("simulated_transfers")
    op.drop_table("refund_ledgers")
    op.drop_index(op.f("ix_applications_state_submitted_at"), table_name="applications")
    op.drop_index(op.f("ix_applications_merchant_id"), table_name="applications")
    op.drop_index(op.f("ix_applications_conversation_id"), table_name="applications")
    op.drop_table("applications")
