"""Keep notes on kelurahan, kecamatan, the city and puskesmas too."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

_RW, _RW_BEFORE = "RW it speaks of; blank for another place", "RW it speaks of"
_ON, _ON_BEFORE = "A short note on a place by those who work there", "A short note on an RW by those who work there"

# A twin is made with the first snapshot and keeps what its table did not allow then.
_TWIN_MAY_BE_BLANK = """
DO $$
BEGIN
    IF to_regclass('rembuk_frozen.place_note') IS NOT NULL THEN
        ALTER TABLE rembuk_frozen.place_note ALTER COLUMN rw_code DROP NOT NULL;
    END IF;
END $$
"""


def upgrade() -> None:
    op.alter_column(
        "place_note", "rw_code", existing_type=sa.Text(), nullable=True, comment=_RW, existing_comment=_RW_BEFORE
    )
    op.execute(_TWIN_MAY_BE_BLANK)
    op.add_column(
        "place_note",
        sa.Column(
            "area_code", sa.Text(), nullable=True, comment="Kelurahan, kecamatan or city it speaks of; else blank"
        ),
    )
    op.add_column(
        "place_note",
        sa.Column("facility_code", sa.Text(), nullable=True, comment="Puskesmas it speaks of; blank for an area"),
    )
    op.create_foreign_key(op.f("fk_place_note_area_code_area"), "place_note", "area", ["area_code"], ["code"])
    op.create_foreign_key(
        op.f("fk_place_note_facility_code_facility"), "place_note", "facility", ["facility_code"], ["code"]
    )
    op.create_check_constraint(
        op.f("ck_place_note_place"), "place_note", "num_nonnulls(rw_code, area_code, facility_code) = 1"
    )
    op.create_table_comment("place_note", _ON, existing_comment=_ON_BEFORE)


def downgrade() -> None:
    op.execute("DELETE FROM place_note WHERE rw_code IS NULL")
    op.drop_constraint(op.f("ck_place_note_place"), "place_note", type_="check")
    op.drop_column("place_note", "facility_code")
    op.drop_column("place_note", "area_code")
    op.alter_column(
        "place_note", "rw_code", existing_type=sa.Text(), nullable=False, comment=_RW_BEFORE, existing_comment=_RW
    )
    op.create_table_comment("place_note", _ON_BEFORE, existing_comment=_ON)
