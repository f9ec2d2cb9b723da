"""plans people do"""

import sqlalchemy as sa
from alembic import op

from clinic.core import db

revision = "d9f63a1c2e57"
down_revision = "c8e52f0b1d46"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "news_reader",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False, comment="in small letters"),
        sa.Column("name", sa.String(length=120), server_default="", nullable=False),
        sa.Column("asked_at", db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("confirmed_at", db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("left_at", db.UtcDateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_news_reader")),
        sa.UniqueConstraint("email", name=op.f("uq_news_reader_email")),
    )
    op.create_table(
        "handout",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("words", sa.String(length=1000), nullable=False, comment="what it is about"),
        sa.Column("pdf", sa.LargeBinary(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False, comment="in bytes"),
        sa.Column("offered", sa.Boolean(), nullable=False),
        sa.Column("added_at", db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("added_by_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["added_by_id"], ["account.id"], name=op.f("fk_handout_added_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handout")),
    )
    op.create_table(
        "useful_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("url", sa.String(length=500), nullable=False),
        sa.Column("is_video", sa.Boolean(), nullable=False),
        sa.Column(
            "is_affiliate", sa.Boolean(), nullable=False, comment="the clinic earns by it, and says so beside it"
        ),
        sa.Column("offered", sa.Boolean(), nullable=False),
        sa.Column("added_at", db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("added_by_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["added_by_id"], ["account.id"], name=op.f("fk_useful_link_added_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_useful_link")),
    )
    op.create_table(
        "plan_override",
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("exercise", sa.String(length=40), nullable=False, comment="its code"),
        sa.Column("therapist_id", sa.Integer(), nullable=False),
        sa.Column("made_at", db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("document_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["plan_id"], ["stretch_plan.id"], name=op.f("fk_plan_override_plan_id")),
        sa.ForeignKeyConstraint(["therapist_id"], ["therapist.id"], name=op.f("fk_plan_override_therapist_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_override")),
    )
    with op.batch_alter_table("plan_override", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_plan_override_plan_id"), ["plan_id"], unique=False)

    op.create_table(
        "practice_reminder",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("weekdays", sa.JSON(), nullable=False, comment="0 is Monday"),
        sa.Column("at_minutes", sa.Integer(), nullable=False, comment="after midnight, on the clinic's wall"),
        sa.Column("by_mail", sa.Boolean(), nullable=False),
        sa.Column("chosen_at", db.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["plan_id"], ["stretch_plan.id"], name=op.f("fk_practice_reminder_plan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_practice_reminder")),
        sa.UniqueConstraint("plan_id", name=op.f("uq_practice_reminder_plan_id")),
    )
    op.create_table(
        "check_in",
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("once", sa.String(length=120), nullable=True, comment="so that the same is not asked twice"),
        sa.Column("appointment_id", sa.Uuid(), nullable=True),
        sa.Column("issue_id", sa.Uuid(), nullable=True),
        sa.Column("therapist_id", sa.Integer(), nullable=False, comment="whom the answers are for"),
        sa.Column("due_at", db.UtcDateTime(timezone=True), nullable=False, comment="when it is asked"),
        sa.Column("answered_at", db.UtcDateTime(timezone=True), nullable=True),
        sa.Column(
            "answered_by",
            sa.String(length=80),
            server_default="",
            nullable=False,
            comment="the actor, as in the audit trail: their link, or who rang",
        ),
        sa.Column("call_id", sa.Integer(), nullable=True),
        sa.Column("answers_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("kind IN ('release', 'review', 'back')", name=op.f("ck_check_in_kind_known")),
        sa.ForeignKeyConstraint(["appointment_id"], ["appointment.id"], name=op.f("fk_check_in_appointment_id")),
        sa.ForeignKeyConstraint(["call_id"], ["work_item.id"], name=op.f("fk_check_in_call_id")),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_check_in_client_id")),
        sa.ForeignKeyConstraint(["issue_id"], ["plan_issue.id"], name=op.f("fk_check_in_issue_id")),
        sa.ForeignKeyConstraint(["therapist_id"], ["therapist.id"], name=op.f("fk_check_in_therapist_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_check_in")),
        sa.UniqueConstraint("call_id", name=op.f("uq_check_in_call_id")),
        sa.UniqueConstraint("once", name=op.f("uq_check_in_once")),
    )
    with op.batch_alter_table("check_in", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_check_in_appointment_id"), ["appointment_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_check_in_client_id"), ["client_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_check_in_issue_id"), ["issue_id"], unique=False)

    with op.batch_alter_table("clinic", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "shows_practice",
                sa.Boolean(),
                server_default=sa.false(),
                nullable=False,
                comment="one gentle practice, to everybody, on a page of its own",
            )
        )
        batch_op.add_column(
            sa.Column(
                "pain_amber_from",
                sa.Integer(),
                server_default="4",
                nullable=False,
                comment="of 10, in practice: fine where it settles within a day",
            )
        )
        batch_op.add_column(
            sa.Column(
                "pain_red_from",
                sa.Integer(),
                server_default="6",
                nullable=False,
                comment="of 10, in practice: somebody rings",
            )
        )
        batch_op.add_column(
            sa.Column(
                "plan_silence_days",
                sa.Integer(),
                server_default="7",
                nullable=False,
                comment="without a word on a plan, before its therapist hears of it; 0: never",
            )
        )
        batch_op.add_column(
            sa.Column(
                "check_in_hours",
                sa.Integer(),
                server_default="48",
                nullable=False,
                comment="after a release, somebody is asked how they are; 0: never",
            )
        )

    op.add_column("practice_log", sa.Column("entry", sa.String(length=40), nullable=True))
    op.execute("UPDATE practice_log SET entry = CAST(told_on AS VARCHAR(40))")
    once_a_day = op.f("uq_practice_log_plan_id_told_on")
    there = {one["name"] for one in sa.inspect(op.get_bind()).get_unique_constraints("practice_log")}
    with op.batch_alter_table("practice_log", schema=None) as batch_op:
        batch_op.alter_column(
            "entry",
            existing_type=sa.String(length=40),
            nullable=False,
            comment="the same twice is once: the id their device gave it, or the day where the page was used",
        )
        batch_op.alter_column(
            "told_on",
            existing_type=sa.Date(),
            existing_nullable=False,
            comment="the day it is about; a phone without network tells of it later",
        )
        if once_a_day in there:
            batch_op.drop_constraint(once_a_day, type_="unique")
        batch_op.create_index("ix_practice_log_plan_told_on", ["plan_id", "told_on"], unique=False)
        batch_op.create_unique_constraint(op.f("uq_practice_log_plan_id_entry"), ["plan_id", "entry"])

    with op.batch_alter_table("stretch_plan", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "year_of_birth_sealed",
                sa.LargeBinary(),
                nullable=True,
                comment="where it is asked before the plan is shown",
            )
        )


def downgrade():
    with op.batch_alter_table("stretch_plan", schema=None) as batch_op:
        batch_op.drop_column("year_of_birth_sealed")

    # Going back, a day keeps all that was told of it: one a day is not asked for again.
    with op.batch_alter_table("practice_log", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("uq_practice_log_plan_id_entry"), type_="unique")
        batch_op.drop_index("ix_practice_log_plan_told_on")
        batch_op.drop_column("entry")

    with op.batch_alter_table("clinic", schema=None) as batch_op:
        batch_op.drop_column("check_in_hours")
        batch_op.drop_column("plan_silence_days")
        batch_op.drop_column("pain_red_from")
        batch_op.drop_column("pain_amber_from")
        batch_op.drop_column("shows_practice")

    with op.batch_alter_table("check_in", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_check_in_issue_id"))
        batch_op.drop_index(batch_op.f("ix_check_in_client_id"))
        batch_op.drop_index(batch_op.f("ix_check_in_appointment_id"))

    op.drop_table("check_in")
    op.drop_table("practice_reminder")
    with op.batch_alter_table("plan_override", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_plan_override_plan_id"))

    op.drop_table("plan_override")
    op.drop_table("useful_link")
    op.drop_table("handout")
    op.drop_table("news_reader")
