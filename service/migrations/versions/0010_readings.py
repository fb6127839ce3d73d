"""What a machine read on the documents."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "document_readings",
        sa.Column("file_id", sa.String(length=32), nullable=False),
        sa.Column("application_id", sa.String(length=32), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("warnings", sa.Integer(), nullable=False),
        sa.Column("took_ms", sa.Integer(), nullable=True),
        sa.Column("sealed", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["applications.id"],
            name=op.f("fk_document_readings_application_id_applications"),
        ),
        sa.ForeignKeyConstraint(
            ["file_id"],
            ["application_files.id"],
            name=op.f("fk_document_readings_file_id_application_files"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("file_id", name=op.f("pk_document_readings")),
    )
    op.create_index(op.f("ix_document_readings_application_id"), "document_readings", ["application_id"])
    op.create_index(op.f("ix_document_readings_created_at"), "document_readings", ["created_at"])


def downgrade() -> None:
    op.drop_table("document_readings")
