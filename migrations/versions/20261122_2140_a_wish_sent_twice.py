"""a wish sent twice"""

import sqlalchemy as sa
from alembic import op

revision = "e1a7c04b92d3"
down_revision = "d9f63a1c2e57"
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table("waiting_list_entry", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "wish_digest",
                sa.LargeBinary(),
                nullable=True,
                comment="of what one visit asked for, while it stands: sent twice it is one entry",
            )
        )
        batch_op.create_index(batch_op.f("ix_waiting_list_entry_wish_digest"), ["wish_digest"], unique=True)


def downgrade():
    with op.batch_alter_table("waiting_list_entry", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_waiting_list_entry_wish_digest"))
        batch_op.drop_column("wish_digest")
