"""waiting for a woman or a man"""

import sqlalchemy as sa
from alembic import op

revision = "f2b8d15ca3e4"
down_revision = "e1a7c04b92d3"
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table("waiting_list_entry", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "gender", sa.String(length=10), nullable=True, comment="the therapist's: woman or man; empty: any"
            )
        )


def downgrade():
    with op.batch_alter_table("waiting_list_entry", schema=None) as batch_op:
        batch_op.drop_column("gender")
