"""Keep scenarios of closed roads with their travel, and travel to places where care could stand."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0011"
down_revision = "0009"
branch_labels = None
depends_on = None

REFERENCES = (
    ("travel_closed", "rw_code", "area", "code"),
    ("travel_closed", "closure_id", "road_closure", "id"),
    ("travel_closed", "facility_code", "facility", "code"),
    ("site_travel", "rw_code", "area", "code"),
)


def _list(name: str, comment: str) -> sa.Column:
    return sa.Column(
        name,
        postgresql.JSONB(astext_type=sa.Text()),
        server_default=sa.text("'[]'"),
        nullable=False,
        comment=comment,
    )


def upgrade() -> None:
    op.create_table(
        "road_closure",
        sa.Column("id", sa.Integer(), sa.Identity(always=True), nullable=False, comment="Number of the scenario"),
        sa.Column("name", sa.Text(), nullable=False, comment="Name as people call it: Banjir Kali Bekasi 2025"),
        sa.Column("reason", sa.Text(), nullable=False, comment="Why these roads are taken as closed"),
        _list("circles", "Ground on which all roads are closed: lat, lon, radius_m"),
        _list("streets", "Streets closed as a whole, by name"),
        _list("bridges", "Bridges closed, by the name of their street"),
        sa.Column(
            "closed_km", sa.Double(), nullable=True, comment="Road closed, in kilometres; blank while not computed"
        ),
        sa.Column(
            "lines",
            postgresql.JSONB(astext_type=sa.Text()),
            nullable=True,
            comment="Closed roads to draw, as paths of lon and lat",
        ),
        sa.Column(
            "network_id",
            sa.Text(),
            nullable=True,
            comment="Network that its times were computed on; blank while they were not",
        ),
        sa.Column("computed_at", sa.DateTime(timezone=True), nullable=True, comment="When its times were computed"),
        sa.Column(
            "is_example",
            sa.Boolean(),
            server_default=sa.text("false"),
            nullable=False,
            comment="Invented, as part of the demo city",
        ),
        sa.Column("made_by", sa.Text(), nullable=False, comment="Role and area of the person"),
        sa.Column(
            "withdrawn_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="When it was taken back; blank while it holds",
        ),
        sa.Column(
            "written_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
            comment="When this row was written",
        ),
        sa.ForeignKeyConstraint(
            ["network_id"], ["road_network.id"], name=op.f("fk_road_closure_network_id_road_network")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_road_closure")),
        comment="A named scenario of closed roads, such as a flood; it never replaces ordinary travel",
    )
    op.create_index(
        "uq_road_closure_holding",
        "road_closure",
        ["name"],
        unique=True,
        postgresql_where=sa.text("withdrawn_at IS NULL"),
    )
    op.create_table(
        "travel_closed",
        sa.Column("rw_code", sa.Text(), nullable=False, comment="RW"),
        sa.Column("closure_id", sa.Integer(), nullable=False, comment="Scenario"),
        sa.Column("facility_code", sa.Text(), nullable=False, comment="Facility"),
        sa.Column("mode", sa.Text(), nullable=False, comment="walk, motorcycle or car"),
        sa.Column(
            "duration_s",
            sa.REAL(),
            nullable=True,
            comment="Seconds with the roads closed; blank where no way is left",
        ),
        sa.CheckConstraint("mode IN ('walk', 'motorcycle', 'car')", name=op.f("ck_travel_closed_mode")),
        sa.PrimaryKeyConstraint("rw_code", "closure_id", "facility_code", "mode", name=op.f("pk_travel_closed")),
        comment="Travel that closed roads make longer or impossible; where there is no row, travel is as in travel",
    )
    op.create_index("ix_travel_closed_closure_id_mode", "travel_closed", ["closure_id", "mode"], unique=False)
    op.create_table(
        "site_travel",
        sa.Column("rw_code", sa.Text(), nullable=False, comment="RW"),
        sa.Column(
            "site_code",
            sa.Text(),
            nullable=False,
            comment="Pustu or posyandu (facility.code), or a kelurahan (area.code) where the city has neither",
        ),
        sa.Column("mode", sa.Text(), nullable=False, comment="walk or motorcycle"),
        sa.Column("duration_s", sa.REAL(), nullable=False, comment="Seconds on the road"),
        sa.CheckConstraint("mode IN ('walk', 'motorcycle', 'car')", name=op.f("ck_site_travel_mode")),
        sa.PrimaryKeyConstraint("rw_code", "site_code", "mode", name=op.f("pk_site_travel")),
        comment="Travel to places where one more puskesmas or pustu could stand, where these are nearer than a puskesmas",
    )
    op.create_index("ix_site_travel_mode", "site_travel", ["mode"], unique=False)
    for table, column, parent, key in REFERENCES:
        for act in ("insert", "update"):
            op.execute(
                f"CREATE TRIGGER require_{column}_on_{act} AFTER {act} ON {table} REFERENCING NEW TABLE AS written"
                f" FOR EACH STATEMENT EXECUTE FUNCTION require_reference('{column}', '{parent}', '{key}')"
            )
        for act in ("update", "delete"):
            op.execute(
                f"CREATE TRIGGER keep_for_{table}_on_{act} AFTER {act} ON {parent} REFERENCING OLD TABLE AS gone"
                f" FOR EACH STATEMENT EXECUTE FUNCTION refuse_orphans('{key}', '{table}', '{column}')"
            )


def downgrade() -> None:
    for table, column, parent, _key in REFERENCES:
        for act in ("insert", "update"):
            op.execute(f"DROP TRIGGER require_{column}_on_{act} ON {table}")
        for act in ("update", "delete"):
            op.execute(f"DROP TRIGGER keep_for_{table}_on_{act} ON {parent}")
    op.drop_table("site_travel")
    op.drop_table("travel_closed")
    op.drop_table("road_closure")
