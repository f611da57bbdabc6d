"""Create the shared database."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "app_user",
        sa.Column(
            "subject",
            sa.Text(),
            nullable=False,
            comment="Identity as the OpenID provider names it (issuer and subject, or e-mail)",
        ),
        sa.Column("role", sa.Text(), nullable=False, comment="Role"),
        sa.Column("area_code", sa.Text(), nullable=True, comment="Area of the role: a code prefix; blank for the city"),
        sa.Column("facility_code", sa.Text(), nullable=True, comment="Puskesmas of the role"),
        sa.Column("is_active", sa.Boolean(), server_default=sa.text("true"), nullable=False, comment="May enter"),
        sa.Column(
            "written_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
            comment="When this row was written",
        ),
        sa.PrimaryKeyConstraint("subject", name=op.f("pk_app_user")),
        comment="Role and area of a person",
    )
    op.create_table(
        "area",
        sa.Column("code", sa.Text(), nullable=False, comment="Kemendagri code; an RW adds its three-digit number"),
        sa.Column("level", sa.Text(), nullable=False, comment="kota, kecamatan, kelurahan or rw"),
        sa.Column("name", sa.Text(), nullable=False, comment="Name as people say it: Bekasi Timur, RW 007"),
        sa.Column("parent_code", sa.Text(), nullable=True, comment="The area that holds it; blank for the city"),
        sa.Column(
            "geometry", sa.LargeBinary(), nullable=True, comment="Outline: WKB polygon or multipolygon, EPSG:4326"
        ),
        sa.Column(
            "geometry_source",
            sa.Text(),
            server_default="none",
            nullable=False,
            comment="official (from the authority), approximate (computed) or none",
        ),
        sa.Column(
            "point_lat", sa.Double(), nullable=True, comment="Population-weighted point, degrees north, EPSG:4326"
        ),
        sa.Column(
            "point_lon", sa.Double(), nullable=True, comment="Population-weighted point, degrees east, EPSG:4326"
        ),
        sa.Column(
            "point_source",
            sa.Text(),
            server_default="none",
            nullable=False,
            comment="What the point stands for: population, posyandu, buildings, centroid or none",
        ),
        sa.Column("area_km2", sa.Double(), nullable=True, comment="Surface in square kilometres"),
        sa.Column("valid_from", sa.Date(), server_default=sa.text("'1900-01-01'"), nullable=False, comment="First day"),
        sa.Column("valid_to", sa.Date(), nullable=True, comment="Last day; blank while the area exists"),
        sa.CheckConstraint(
            "geometry_source IN ('official', 'approximate', 'none')", name=op.f("ck_area_geometry_source")
        ),
        sa.CheckConstraint("level IN ('kota', 'kecamatan', 'kelurahan', 'rw')", name=op.f("ck_area_level")),
        sa.ForeignKeyConstraint(["parent_code"], ["area.code"], name=op.f("fk_area_parent_code_area")),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_area")),
        comment="An area at one level",
    )
    op.create_index("ix_area_level_code", "area", ["level", "code"], unique=False)
    op.create_index("ix_area_parent_code", "area", ["parent_code"], unique=False)
    op.create_table(
        "audit_log",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False, comment="Number of the entry"),
        sa.Column(
            "happened_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False, comment="When"
        ),
        sa.Column("actor", sa.Text(), nullable=False, comment="Role, area and subject"),
        sa.Column("act", sa.Text(), nullable=False, comment="What was done"),
        sa.Column(
            "detail",
            postgresql.JSONB(astext_type=sa.Text()),
            nullable=True,
            comment="Numbers and codes; never personal data",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_log")),
        comment="An append-only log",
    )
    op.create_table(
        "break_event",
        sa.Column("id", sa.Integer(), sa.Identity(always=True), nullable=False, comment="Number of the row"),
        sa.Column("area_code", sa.Text(), nullable=False, comment="Area that it touches"),
        sa.Column("happened_on", sa.Date(), nullable=False, comment="Day"),
        sa.Column("kind", sa.Text(), nullable=False, comment="definition, cleaning, boundary, method, …"),
        sa.Column("note", sa.Text(), nullable=False, comment="What happened, in Indonesian"),
        sa.Column(
            "written_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
            comment="When this row was written",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_break_event")),
        comment="A dated event that explains a jump",
    )
    op.create_table(
        "import_batch",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False, comment="Number of the batch"),
        sa.Column("kind", sa.Text(), nullable=False, comment="What was taken in: demo, eppgbm, …"),
        sa.Column(
            "content_sha256",
            sa.Text(),
            nullable=False,
            comment="SHA-256 of the file's bytes; its name is not kept, it may hold a person's",
        ),
        sa.Column("layout", sa.Text(), nullable=True, comment="Layout that was recognised"),
        sa.Column("rows_read", sa.Integer(), nullable=False, comment="Rows read: accepted + parked + duplicates"),
        sa.Column("accepted", sa.Integer(), nullable=False, comment="Rows taken in"),
        sa.Column("parked", sa.Integer(), nullable=False, comment="Rows set aside"),
        sa.Column(
            "duplicates", sa.Integer(), nullable=False, comment="Rows that repeat a child and a day within the file"
        ),
        sa.Column(
            "replaced",
            sa.Integer(),
            server_default="0",
            nullable=False,
            comment="Earlier rows that it replaced or withdrew",
        ),
        sa.Column(
            "totals", postgresql.JSONB(astext_type=sa.Text()), nullable=False, comment="Control totals as printed"
        ),
        sa.Column(
            "status",
            sa.Text(),
            server_default="active",
            nullable=False,
            comment="active, or superseded once no row of it is left",
        ),
        sa.Column("imported_by", sa.Text(), nullable=True, comment="Person or command"),
        sa.Column(
            "imported_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False, comment="When"
        ),
        sa.CheckConstraint("status IN ('active', 'superseded')", name=op.f("ck_import_batch_status")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_batch")),
        comment="A file taken in, with its control totals",
    )
    op.create_index("ix_import_batch_kind_content_sha256", "import_batch", ["kind", "content_sha256"], unique=False)
    op.create_table(
        "indicator",
        sa.Column("code", sa.Text(), nullable=False, comment="Short English code"),
        sa.Column("name", sa.Text(), nullable=False, comment="Name in Indonesian"),
        sa.Column("unit", sa.Text(), nullable=False, comment="percent, children, minutes, …"),
        sa.Column(
            "direction", sa.SmallInteger(), nullable=False, comment="1 higher is better, -1 lower is better, 0 neither"
        ),
        sa.Column(
            "indicator_group",
            sa.Text(),
            nullable=False,
            comment="growth, attendance, maternal, specific, sensitive, spm, access",
        ),
        sa.Column("definition", sa.Text(), nullable=False, comment="Definition in Indonesian"),
        sa.Column("source", sa.Text(), nullable=False, comment="Standard or regulation"),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_indicator")),
        comment="The dictionary of indicators",
    )
    op.create_table(
        "meeting",
        sa.Column("id", sa.Integer(), sa.Identity(always=True), nullable=False, comment="Number of the meeting"),
        sa.Column("held_on", sa.Date(), nullable=False, comment="Day"),
        sa.Column("name", sa.Text(), nullable=False, comment="Name, such as Rakor TW-III 2026"),
        sa.Column("present", postgresql.JSONB(astext_type=sa.Text()), nullable=True, comment="Units present"),
        sa.Column(
            "written_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
            comment="When this row was written",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting")),
        comment="A rakor",
    )
    op.create_table(
        "road_network",
        sa.Column(
            "id",
            sa.Text(),
            nullable=False,
            comment="Hash of extract, boundary, profiles and engine; straight_line for none",
        ),
        sa.Column(
            "built_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
            comment="When it was built",
        ),
        sa.Column("extract_date", sa.Date(), nullable=True, comment="Date of the OpenStreetMap data"),
        sa.Column("engine", sa.Text(), nullable=False, comment="Routing engine and version"),
        sa.Column("source", sa.Text(), nullable=False, comment="Citation of the roads"),
        sa.Column(
            "is_current",
            sa.Boolean(),
            server_default=sa.text("false"),
            nullable=False,
            comment="The network that travel speaks of",
        ),
        sa.Column(
            "basemap",
            postgresql.JSONB(astext_type=sa.Text()),
            nullable=True,
            comment="Paths of the drawn roads, water and rail, by layer, with their length in km",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_road_network")),
        comment="A road network that travel times were computed on",
    )
    op.create_table(
        "rotation_plan",
        sa.Column("id", sa.Integer(), sa.Identity(always=True), nullable=False, comment="Number of the plan"),
        sa.Column("first_month", sa.Date(), nullable=False, comment="First month"),
        sa.Column("months", sa.SmallInteger(), nullable=False, comment="How many months"),
        sa.Column("status", sa.Text(), server_default="draft", nullable=False, comment="draft, discussed or adopted"),
        sa.Column("weights", postgresql.JSONB(astext_type=sa.Text()), nullable=False, comment="Weights used"),
        sa.Column(
            "data_state",
            postgresql.JSONB(astext_type=sa.Text()),
            nullable=False,
            comment="Latest month and batch at the time",
        ),
        sa.Column("adopted_by", sa.Text(), nullable=True, comment="Who adopted it"),
        sa.Column("adopted_at", sa.DateTime(timezone=True), nullable=True, comment="When"),
        sa.Column(
            "written_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
            comment="When this row was written",
        ),
        sa.CheckConstraint("status IN ('draft', 'discussed', 'adopted')", name=op.f("ck_rotation_plan_status")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rotation_plan")),
        comment="A rotation of the mobile clinic",
    )
    op.create_table(
        "setting",
        sa.Column("code", sa.Text(), nullable=False, comment="Name of the setting"),
        sa.Column("value", postgresql.JSONB(astext_type=sa.Text()), nullable=False, comment="Its value"),
        sa.Column("changed_by", sa.Text(), nullable=True, comment="Who changed it last"),
        sa.Column(
            "changed_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False, comment="When"
        ),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_setting")),
        comment="What this database is and how it is set: city, demo or real, thresholds",
    )
    op.create_table(
        "snapshot",
        sa.Column("id", sa.Text(), nullable=False, comment="Short id printed on every slide"),
        sa.Column("name", sa.Text(), nullable=False, comment="Name"),
        sa.Column("content_sha256", sa.Text(), nullable=False, comment="Hash of the content"),
        sa.Column("content", postgresql.JSONB(astext_type=sa.Text()), nullable=False, comment="The frozen figures"),
        sa.Column(
            "written_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
            comment="When this row was written",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_snapshot")),
        comment="A frozen state for a meeting",
    )
    op.create_table(
        "action_item",
        sa.Column("id", sa.Integer(), sa.Identity(always=True), nullable=False, comment="Number of the promise"),
        sa.Column("meeting_id", sa.Integer(), nullable=False, comment="Rakor it was made at"),
        sa.Column("owner", sa.Text(), nullable=False, comment="OPD, kecamatan, puskesmas or partner"),
        sa.Column("text", sa.Text(), nullable=False, comment="What was promised"),
        sa.Column("due_on", sa.Date(), nullable=False, comment="Due"),
        sa.Column("status", sa.Text(), server_default="open", nullable=False, comment="open, done or dropped"),
        sa.Column("evidence", sa.Text(), nullable=True, comment="Evidence"),
        sa.Column("area_code", sa.Text(), nullable=True, comment="Area it speaks of"),
        sa.Column("indicator_code", sa.Text(), nullable=True, comment="Indicator it should move"),
        sa.Column(
            "written_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
            comment="When this row was written",
        ),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_action_item_meeting_id_meeting")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action_item")),
        comment="A promise made at a rakor",
    )
    op.create_table(
        "area_alias",
        sa.Column("city_code", sa.Text(), nullable=False, comment="City in which the spelling is used"),
        sa.Column(
            "spelling",
            sa.Text(),
            nullable=False,
            comment="Place name as a file writes it: letters and digits only, lower case",
        ),
        sa.Column("level", sa.Text(), nullable=False, comment="Level the spelling names: kecamatan, kelurahan or rw"),
        sa.Column(
            "within_code",
            sa.Text(),
            server_default="",
            nullable=False,
            comment="Area inside which it holds; blank for the city",
        ),
        sa.Column("area_code", sa.Text(), nullable=False, comment="The area that is meant"),
        sa.Column("decided_by", sa.Text(), nullable=True, comment="Who decided it"),
        sa.Column(
            "written_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
            comment="When this row was written",
        ),
        sa.ForeignKeyConstraint(["area_code"], ["area.code"], name=op.f("fk_area_alias_area_code_area")),
        sa.PrimaryKeyConstraint("city_code", "level", "within_code", "spelling", name=op.f("pk_area_alias")),
        comment="A remembered crosswalk: how files spell an area",
    )
    op.create_table(
        "child",
        sa.Column(
            "child_key",
            sa.LargeBinary(),
            nullable=False,
            comment="First 16 bytes of an HMAC-SHA256 of the child's identity",
        ),
        sa.Column("rw_code", sa.Text(), nullable=False, comment="RW of the latest weighing"),
        sa.Column("sex", sa.SmallInteger(), nullable=False, comment="1 boy, 2 girl"),
        sa.Column(
            "birth_date", sa.Date(), nullable=False, comment="Birth date, needed for age and for leaving at five"
        ),
        sa.CheckConstraint("sex IN (1, 2)", name=op.f("ck_child_sex")),
        sa.ForeignKeyConstraint(["rw_code"], ["area.code"], name=op.f("fk_child_rw_code_area")),
        sa.PrimaryKeyConstraint("child_key", name=op.f("pk_child")),
        comment="A pseudonymous child",
    )
    op.create_index("ix_child_rw_code", "child", ["rw_code"], unique=False)
    op.create_table(
        "facility",
        sa.Column(
            "code", sa.Text(), nullable=False, comment="Code of the facility: Kemenkes code, or a source's own id"
        ),
        sa.Column("kind", sa.Text(), nullable=False, comment="puskesmas, pustu, posyandu, klinik or rumah_sakit"),
        sa.Column("name", sa.Text(), nullable=False, comment="Name with its kind's word"),
        sa.Column(
            "area_code", sa.Text(), nullable=True, comment="Kelurahan or RW it stands in; blank outside the city"
        ),
        sa.Column("lat", sa.Double(), nullable=True, comment="Degrees north, EPSG:4326; blank when unknown"),
        sa.Column("lon", sa.Double(), nullable=True, comment="Degrees east, EPSG:4326; blank when unknown"),
        sa.Column("point_source", sa.Text(), nullable=True, comment="Where the point comes from"),
        sa.Column("is_government", sa.Boolean(), nullable=True, comment="Run by government; blank when unknown"),
        sa.Column(
            "is_partner",
            sa.Boolean(),
            server_default=sa.text("false"),
            nullable=False,
            comment="Takes part in Pusing as a partner",
        ),
        sa.Column("partner_from", sa.Date(), nullable=True, comment="First day of the partnership"),
        sa.Column("partner_to", sa.Date(), nullable=True, comment="Last day of the partnership; blank while it lasts"),
        sa.Column(
            "capacity_per_month", sa.Integer(), nullable=True, comment="Mobile-clinic visits it can staff in a month"
        ),
        sa.Column("services", sa.Text(), nullable=True, comment="Services in words"),
        sa.Column("opening_hours", sa.Text(), nullable=True, comment="Opening hours in words"),
        sa.Column("source", sa.Text(), nullable=True, comment="Citation of the row"),
        sa.Column("valid_from", sa.Date(), server_default=sa.text("'1900-01-01'"), nullable=False, comment="First day"),
        sa.Column("valid_to", sa.Date(), nullable=True, comment="Last day; blank while it is open"),
        sa.CheckConstraint(
            "kind IN ('puskesmas', 'pustu', 'posyandu', 'klinik', 'rumah_sakit')", name=op.f("ck_facility_kind")
        ),
        sa.ForeignKeyConstraint(["area_code"], ["area.code"], name=op.f("fk_facility_area_code_area")),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_facility")),
        comment="A place of care",
    )
    op.create_index("ix_facility_kind", "facility", ["kind"], unique=False)
    op.create_table(
        "growth_month",
        sa.Column("rw_code", sa.Text(), nullable=False, comment="RW"),
        sa.Column("month", sa.Date(), nullable=False, comment="First day of the month"),
        sa.Column("age_band", sa.Text(), nullable=False, comment="Age in completed months: 0-5, 6-23 or 24-59"),
        sa.Column("sex", sa.SmallInteger(), nullable=False, comment="1 boy, 2 girl"),
        sa.Column(
            "s_target", sa.Integer(), nullable=True, comment="S: children who should be weighed; blank when unknown"
        ),
        sa.Column(
            "k_enrolled",
            sa.Integer(),
            nullable=True,
            comment="K: children enrolled (with a KMS/KIA book); blank when unknown",
        ),
        sa.Column(
            "d_weighed", sa.Integer(), server_default="0", nullable=False, comment="D: children weighed in this month"
        ),
        sa.Column(
            "n_gained",
            sa.Integer(),
            server_default="0",
            nullable=False,
            comment="N: of D, those whose weight gain was enough",
        ),
        sa.Column(
            "haz_valid",
            sa.Integer(),
            server_default="0",
            nullable=False,
            comment="Children with a valid HAZ, each by its latest in the window of three months that ends here",
        ),
        sa.Column("stunted", sa.Integer(), server_default="0", nullable=False, comment="Of haz_valid: HAZ below -2"),
        sa.Column(
            "severely_stunted", sa.Integer(), server_default="0", nullable=False, comment="Of haz_valid: HAZ below -3"
        ),
        sa.Column(
            "waz_valid",
            sa.Integer(),
            server_default="0",
            nullable=False,
            comment="Children with a valid WAZ in the window",
        ),
        sa.Column(
            "underweight", sa.Integer(), server_default="0", nullable=False, comment="Of waz_valid: WAZ below -2"
        ),
        sa.Column(
            "whz_valid",
            sa.Integer(),
            server_default="0",
            nullable=False,
            comment="Children with a valid WHZ in the window",
        ),
        sa.Column("wasted", sa.Integer(), server_default="0", nullable=False, comment="Of whz_valid: WHZ below -2"),
        sa.Column(
            "newly_stunted",
            sa.Integer(),
            server_default="0",
            nullable=False,
            comment="Measured not stunted before, stunted now",
        ),
        sa.Column(
            "newly_found",
            sa.Integer(),
            server_default="0",
            nullable=False,
            comment="Stunted now, with no valid measurement in the window before",
        ),
        sa.Column(
            "recovered",
            sa.Integer(),
            server_default="0",
            nullable=False,
            comment="Stunted before, measured not stunted now",
        ),
        sa.Column(
            "moved_in", sa.Integer(), server_default="0", nullable=False, comment="Stunted, and arrived from another RW"
        ),
        sa.Column(
            "moved_out",
            sa.Integer(),
            server_default="0",
            nullable=False,
            comment="Counted stunted here before, now in another RW",
        ),
        sa.Column(
            "aged_out",
            sa.Integer(),
            server_default="0",
            nullable=False,
            comment="Counted stunted before, and turned five",
        ),
        sa.Column(
            "lapsed",
            sa.Integer(),
            server_default="0",
            nullable=False,
            comment="Counted stunted before, with no valid measurement left in the window",
        ),
        sa.CheckConstraint("age_band IN ('0-5', '6-23', '24-59')", name=op.f("ck_growth_month_age_band")),
        sa.CheckConstraint(
            "severely_stunted <= stunted AND stunted <= haz_valid", name=op.f("ck_growth_month_stunted")
        ),
        sa.CheckConstraint("sex IN (1, 2)", name=op.f("ck_growth_month_sex")),
        sa.ForeignKeyConstraint(["rw_code"], ["area.code"], name=op.f("fk_growth_month_rw_code_area")),
        sa.PrimaryKeyConstraint("rw_code", "month", "age_band", "sex", name=op.f("pk_growth_month")),
        comment="An RW's children in a month by age band and sex; window counts hold a child once, so never add months",
    )
    op.create_index("ix_growth_month_month_rw_code", "growth_month", ["month", "rw_code"], unique=False)
    op.create_table(
        "intervention_month",
        sa.Column("rw_code", sa.Text(), nullable=False, comment="RW"),
        sa.Column("month", sa.Date(), nullable=False, comment="First day of the month"),
        sa.Column("indicator_code", sa.Text(), nullable=False, comment="Indicator"),
        sa.Column("numerator", sa.Integer(), nullable=True, comment="Reached; blank when not reported"),
        sa.Column("denominator", sa.Integer(), nullable=True, comment="Should be reached; blank when unknown"),
        sa.ForeignKeyConstraint(
            ["indicator_code"], ["indicator.code"], name=op.f("fk_intervention_month_indicator_code_indicator")
        ),
        sa.ForeignKeyConstraint(["rw_code"], ["area.code"], name=op.f("fk_intervention_month_rw_code_area")),
        sa.PrimaryKeyConstraint("rw_code", "month", "indicator_code", name=op.f("pk_intervention_month")),
        comment="An intervention's coverage in an RW and month",
    )
    op.create_table(
        "maternal_month",
        sa.Column("rw_code", sa.Text(), nullable=False, comment="RW"),
        sa.Column("month", sa.Date(), nullable=False, comment="First day of the month"),
        sa.Column(
            "pregnant_target", sa.Integer(), nullable=True, comment="Pregnant women expected; blank when unknown"
        ),
        sa.Column("screened", sa.Integer(), nullable=True, comment="Screened by the month's end"),
        sa.Column(
            "chronic_energy_deficiency", sa.Integer(), nullable=True, comment="Of screened: KEK (LILA under 23.5 cm)"
        ),
        sa.Column("anaemia", sa.Integer(), nullable=True, comment="Of screened: haemoglobin under 11 g/dl"),
        sa.ForeignKeyConstraint(["rw_code"], ["area.code"], name=op.f("fk_maternal_month_rw_code_area")),
        sa.PrimaryKeyConstraint("rw_code", "month", name=op.f("pk_maternal_month")),
        comment="An RW's pregnant women in a month",
    )
    op.create_index("ix_maternal_month_month", "maternal_month", ["month"], unique=False)
    op.create_table(
        "nomination",
        sa.Column("id", sa.Integer(), sa.Identity(always=True), nullable=False, comment="Number of the nomination"),
        sa.Column("rw_code", sa.Text(), nullable=False, comment="RW named"),
        sa.Column("month", sa.Date(), nullable=False, comment="Month it is named for"),
        sa.Column("reason", sa.Text(), nullable=False, comment="Reason"),
        sa.Column("nominated_by", sa.Text(), nullable=False, comment="Role and area"),
        sa.Column("reply", sa.Text(), nullable=True, comment="Dinkes' answer"),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True, comment="When it was taken back"),
        sa.Column(
            "written_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
            comment="When this row was written",
        ),
        sa.ForeignKeyConstraint(["rw_code"], ["area.code"], name=op.f("fk_nomination_rw_code_area")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_nomination")),
        comment="An RW named by a camat or lurah",
    )
    op.create_index("ix_nomination_month", "nomination", ["month"], unique=False)
    op.create_table(
        "official_statistic",
        sa.Column("id", sa.Integer(), sa.Identity(always=True), nullable=False, comment="Number of the row"),
        sa.Column(
            "area_code",
            sa.Text(),
            nullable=False,
            comment="BPS or Kemendagri prefix of the area, also outside the city; 00 the nation",
        ),
        sa.Column(
            "area_name", sa.Text(), nullable=False, comment="Name of the area; Kota and Kabupaten are different areas"
        ),
        sa.Column("indicator_code", sa.Text(), nullable=False, comment="Indicator"),
        sa.Column(
            "series", sa.Text(), nullable=False, comment="SSGI, SKI, e-PPGBM, …: figures of two series are never joined"
        ),
        sa.Column("period", sa.Text(), nullable=False, comment="Year or month (YYYY or YYYY-MM)"),
        sa.Column("value", sa.Double(), nullable=False, comment="The figure in the indicator's unit"),
        sa.Column("low", sa.Double(), nullable=True, comment="Lower limit of its interval, when published"),
        sa.Column("high", sa.Double(), nullable=True, comment="Upper limit of its interval, when published"),
        sa.Column(
            "is_approximate",
            sa.Boolean(),
            server_default=sa.text("false"),
            nullable=False,
            comment="Published as 'sekitar'",
        ),
        sa.Column("citation", sa.Text(), nullable=False, comment="Where it was published"),
        sa.Column("reliability", sa.Text(), nullable=True, comment="tinggi, sedang or rendah"),
        sa.Column("note", sa.Text(), nullable=True, comment="Conflicts and doubts"),
        sa.ForeignKeyConstraint(
            ["indicator_code"], ["indicator.code"], name=op.f("fk_official_statistic_indicator_code_indicator")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_official_statistic")),
        comment="A published figure",
    )
    op.create_table(
        "parked_row",
        sa.Column("batch_id", sa.BigInteger(), nullable=False, comment="Batch"),
        sa.Column(
            "row_number",
            sa.Integer(),
            nullable=False,
            comment="Row in the file as a person counts it, the first line being 1",
        ),
        sa.Column("reason", sa.Text(), nullable=False, comment="Code of the reason"),
        sa.Column(
            "place",
            sa.Text(),
            nullable=True,
            comment="Place names as written (kecamatan / kelurahan / RW), for area reasons only",
        ),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["import_batch.id"], name=op.f("fk_parked_row_batch_id_import_batch"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("batch_id", "row_number", name=op.f("pk_parked_row")),
        comment="A row set aside with its reason, without personal data",
    )
    op.create_table(
        "target",
        sa.Column("id", sa.Integer(), sa.Identity(always=True), nullable=False, comment="Number of the row"),
        sa.Column("area_code", sa.Text(), nullable=False, comment="Area, also outside the city; 00 the nation"),
        sa.Column("area_name", sa.Text(), nullable=False, comment="Name of the area"),
        sa.Column("indicator_code", sa.Text(), nullable=False, comment="Indicator"),
        sa.Column("series", sa.Text(), nullable=False, comment="Series that the target speaks of"),
        sa.Column("year", sa.Integer(), nullable=False, comment="Year to arrive"),
        sa.Column("value", sa.Double(), nullable=False, comment="Target in the indicator's unit"),
        sa.Column("decree", sa.Text(), nullable=False, comment="Decree or plan that sets it"),
        sa.Column("citation", sa.Text(), nullable=False, comment="Where it was published"),
        sa.Column("note", sa.Text(), nullable=True, comment="Doubts"),
        sa.Column(
            "replaced_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="When a planner replaced it; blank while it holds",
        ),
        sa.Column(
            "written_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
            comment="When this row was written",
        ),
        sa.ForeignKeyConstraint(
            ["indicator_code"], ["indicator.code"], name=op.f("fk_target_indicator_code_indicator")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_target")),
        comment="A target by area, indicator, series and year",
    )
    op.create_table(
        "measurement",
        sa.Column("rw_code", sa.Text(), nullable=False, comment="RW at that weighing"),
        sa.Column("child_key", sa.LargeBinary(), nullable=False, comment="Child"),
        sa.Column("measured_on", sa.Date(), nullable=False, comment="Day of the weighing"),
        sa.Column("age_days", sa.Integer(), nullable=False, comment="Age in days"),
        sa.Column("sex", sa.SmallInteger(), nullable=False, comment="1 boy, 2 girl"),
        sa.Column("weight_kg", sa.REAL(), nullable=True, comment="Weight in kilograms; blank when not weighed"),
        sa.Column(
            "lenhei_cm",
            sa.REAL(),
            nullable=True,
            comment="Length or height in centimetres as measured; blank when not measured",
        ),
        sa.Column("measure", sa.Text(), nullable=True, comment="l lying, h standing, blank unknown"),
        sa.Column("haz", sa.REAL(), nullable=True, comment="Length/height-for-age z-score (WHO 2006), two decimals"),
        sa.Column("waz", sa.REAL(), nullable=True, comment="Weight-for-age z-score"),
        sa.Column("whz", sa.REAL(), nullable=True, comment="Weight-for-length/height z-score"),
        sa.Column("baz", sa.REAL(), nullable=True, comment="BMI-for-age z-score"),
        sa.Column("haz_flag", sa.Boolean(), nullable=True, comment="haz below -6 or above 6: not valid"),
        sa.Column("waz_flag", sa.Boolean(), nullable=True, comment="waz below -6 or above 5"),
        sa.Column("whz_flag", sa.Boolean(), nullable=True, comment="whz below -5 or above 5"),
        sa.Column("baz_flag", sa.Boolean(), nullable=True, comment="baz below -5 or above 5"),
        sa.Column(
            "weight_gain", sa.Text(), nullable=True, comment="N, T, O or B by the Buku KIA rule; blank when not known"
        ),
        sa.Column("posyandu", sa.Text(), nullable=True, comment="Posyandu as the file names it"),
        sa.Column("batch_id", sa.BigInteger(), nullable=False, comment="Batch it came with"),
        sa.CheckConstraint("measure IN ('l', 'h')", name=op.f("ck_measurement_measure")),
        sa.ForeignKeyConstraint(["batch_id"], ["import_batch.id"], name=op.f("fk_measurement_batch_id_import_batch")),
        sa.ForeignKeyConstraint(["child_key"], ["child.child_key"], name=op.f("fk_measurement_child_key_child")),
        sa.ForeignKeyConstraint(["rw_code"], ["area.code"], name=op.f("fk_measurement_rw_code_area")),
        sa.PrimaryKeyConstraint("child_key", "measured_on", name=op.f("pk_measurement")),
        comment="One weighing of a pseudonymous child",
    )
    op.create_index("ix_measurement_batch_id", "measurement", ["batch_id"], unique=False)
    op.create_index("ix_measurement_rw_code_measured_on", "measurement", ["rw_code", "measured_on"], unique=False)
    op.create_table(
        "pusing_visit",
        sa.Column("id", sa.Integer(), sa.Identity(always=True), nullable=False, comment="Number of the visit"),
        sa.Column("rw_code", sa.Text(), nullable=False, comment="RW"),
        sa.Column("visited_on", sa.Date(), nullable=False, comment="Day"),
        sa.Column("facility_code", sa.Text(), nullable=False, comment="Puskesmas"),
        sa.Column("team", sa.Text(), nullable=True, comment="Who went, as units, not names"),
        sa.Column("served", sa.Integer(), nullable=True, comment="People served"),
        sa.Column("weighed", sa.Integer(), nullable=True, comment="Children weighed"),
        sa.Column("found", sa.Integer(), nullable=True, comment="Children newly found stunted"),
        sa.Column("referred", sa.Integer(), nullable=True, comment="Referred"),
        sa.Column("returned", sa.Integer(), nullable=True, comment="Of those referred, came back"),
        sa.Column(
            "written_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
            comment="When this row was written",
        ),
        sa.ForeignKeyConstraint(
            ["facility_code"], ["facility.code"], name=op.f("fk_pusing_visit_facility_code_facility")
        ),
        sa.ForeignKeyConstraint(["rw_code"], ["area.code"], name=op.f("fk_pusing_visit_rw_code_area")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pusing_visit")),
        sa.UniqueConstraint("rw_code", "visited_on", name=op.f("uq_pusing_visit_rw_code_visited_on")),
        comment="A visit made by the mobile clinic",
    )
    op.create_table(
        "rotation_slot",
        sa.Column("plan_id", sa.Integer(), nullable=False, comment="Plan"),
        sa.Column("month", sa.Date(), nullable=False, comment="Month"),
        sa.Column("facility_code", sa.Text(), nullable=False, comment="Puskesmas"),
        sa.Column("rw_code", sa.Text(), nullable=False, comment="RW"),
        sa.Column("reason", sa.Text(), nullable=False, comment="Why it was chosen"),
        sa.Column(
            "is_fixed", sa.Boolean(), server_default=sa.text("false"), nullable=False, comment="Fixed by a person"
        ),
        sa.Column("override_reason", sa.Text(), nullable=True, comment="Reason of the person"),
        sa.ForeignKeyConstraint(
            ["facility_code"], ["facility.code"], name=op.f("fk_rotation_slot_facility_code_facility")
        ),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["rotation_plan.id"], name=op.f("fk_rotation_slot_plan_id_rotation_plan"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["rw_code"], ["area.code"], name=op.f("fk_rotation_slot_rw_code_area")),
        sa.PrimaryKeyConstraint("plan_id", "month", "rw_code", name=op.f("pk_rotation_slot")),
        comment="A stop of a rotation",
    )
    op.create_table(
        "service_area",
        sa.Column("rw_code", sa.Text(), nullable=False, comment="RW"),
        sa.Column("facility_code", sa.Text(), nullable=False, comment="Puskesmas that serves it"),
        sa.Column("valid_from", sa.Date(), server_default=sa.text("'1900-01-01'"), nullable=False, comment="First day"),
        sa.Column("valid_to", sa.Date(), nullable=True, comment="Last day; blank while it holds"),
        sa.ForeignKeyConstraint(
            ["facility_code"], ["facility.code"], name=op.f("fk_service_area_facility_code_facility")
        ),
        sa.ForeignKeyConstraint(["rw_code"], ["area.code"], name=op.f("fk_service_area_rw_code_area")),
        sa.PrimaryKeyConstraint("rw_code", "valid_from", name=op.f("pk_service_area")),
        comment="An RW in a puskesmas's wilayah kerja",
    )
    op.create_index("ix_service_area_facility_code", "service_area", ["facility_code"], unique=False)
    op.create_table(
        "travel",
        sa.Column("rw_code", sa.Text(), nullable=False, comment="RW, from its population-weighted point"),
        sa.Column("facility_code", sa.Text(), nullable=False, comment="Facility"),
        sa.Column("mode", sa.Text(), nullable=False, comment="walk, motorcycle or car"),
        sa.Column(
            "duration_s",
            sa.REAL(),
            nullable=True,
            comment="Seconds on the road between the snapped points; blank when not routed",
        ),
        sa.Column(
            "distance_m",
            sa.REAL(),
            nullable=True,
            comment="Metres on the road between the snapped points; blank when not routed",
        ),
        sa.Column("origin_snap_m", sa.REAL(), nullable=True, comment="Metres from the RW's point to the road"),
        sa.Column("destination_snap_m", sa.REAL(), nullable=True, comment="Metres from the facility to the road"),
        sa.Column("method", sa.Text(), nullable=False, comment="network, straight_line, or unrouted"),
        sa.Column("network_id", sa.Text(), nullable=False, comment="Network it was computed on"),
        sa.CheckConstraint("method IN ('network', 'straight_line', 'unrouted')", name=op.f("ck_travel_method")),
        sa.CheckConstraint("mode IN ('walk', 'motorcycle', 'car')", name=op.f("ck_travel_mode")),
        sa.ForeignKeyConstraint(["facility_code"], ["facility.code"], name=op.f("fk_travel_facility_code_facility")),
        sa.ForeignKeyConstraint(["network_id"], ["road_network.id"], name=op.f("fk_travel_network_id_road_network")),
        sa.ForeignKeyConstraint(["rw_code"], ["area.code"], name=op.f("fk_travel_rw_code_area")),
        sa.PrimaryKeyConstraint("rw_code", "facility_code", "mode", name=op.f("pk_travel")),
        comment="Travel from an RW to a facility by one mode",
    )
    op.create_index("ix_travel_facility_code_mode", "travel", ["facility_code", "mode"], unique=False)
    op.create_table(
        "travel_correction",
        sa.Column("id", sa.Integer(), sa.Identity(always=True), nullable=False, comment="Number of the row"),
        sa.Column("rw_code", sa.Text(), nullable=False, comment="RW"),
        sa.Column("facility_code", sa.Text(), nullable=False, comment="Facility"),
        sa.Column("mode", sa.Text(), nullable=False, comment="walk, motorcycle or car"),
        sa.Column("duration_s", sa.REAL(), nullable=False, comment="Seconds as people on the spot know them"),
        sa.Column("reason", sa.Text(), nullable=False, comment="Why: bridge broken, flood, …"),
        sa.Column("corrected_by", sa.Text(), nullable=False, comment="Role and area of the person"),
        sa.Column("valid_from", sa.Date(), nullable=False, comment="First day"),
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
        sa.CheckConstraint("mode IN ('walk', 'motorcycle', 'car')", name=op.f("ck_travel_correction_mode")),
        sa.ForeignKeyConstraint(
            ["facility_code"], ["facility.code"], name=op.f("fk_travel_correction_facility_code_facility")
        ),
        sa.ForeignKeyConstraint(["rw_code"], ["area.code"], name=op.f("fk_travel_correction_rw_code_area")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_travel_correction")),
        comment="A travel time corrected by hand; reversible",
    )
    op.create_table(
        "travel_route",
        sa.Column("rw_code", sa.Text(), nullable=False, comment="RW"),
        sa.Column("facility_code", sa.Text(), nullable=False, comment="Its own or its nearest puskesmas"),
        sa.Column("mode", sa.Text(), nullable=False, comment="walk, motorcycle or car"),
        sa.Column(
            "geometry",
            sa.LargeBinary(),
            nullable=False,
            comment="The road taken: WKB linestring, EPSG:4326, simplified",
        ),
        sa.CheckConstraint("mode IN ('walk', 'motorcycle', 'car')", name=op.f("ck_travel_route_mode")),
        sa.ForeignKeyConstraint(
            ["facility_code"], ["facility.code"], name=op.f("fk_travel_route_facility_code_facility")
        ),
        sa.ForeignKeyConstraint(["rw_code"], ["area.code"], name=op.f("fk_travel_route_rw_code_area")),
        sa.PrimaryKeyConstraint("rw_code", "facility_code", "mode", name=op.f("pk_travel_route")),
        comment="A drawn route",
    )


def downgrade() -> None:
    op.drop_table("travel_route")
    op.drop_table("travel_correction")
    op.drop_index("ix_travel_facility_code_mode", table_name="travel")
    op.drop_table("travel")
    op.drop_index("ix_service_area_facility_code", table_name="service_area")
    op.drop_table("service_area")
    op.drop_table("rotation_slot")
    op.drop_table("pusing_visit")
    op.drop_index("ix_measurement_rw_code_measured_on", table_name="measurement")
    op.drop_index("ix_measurement_batch_id", table_name="measurement")
    op.drop_table("measurement")
    op.drop_table("target")
    op.drop_table("parked_row")
    op.drop_table("official_statistic")
    op.drop_index("ix_nomination_month", table_name="nomination")
    op.drop_table("nomination")
    op.drop_index("ix_maternal_month_month", table_name="maternal_month")
    op.drop_table("maternal_month")
    op.drop_table("intervention_month")
    op.drop_index("ix_growth_month_month_rw_code", table_name="growth_month")
    op.drop_table("growth_month")
    op.drop_index("ix_facility_kind", table_name="facility")
    op.drop_table("facility")
    op.drop_index("ix_child_rw_code", table_name="child")
    op.drop_table("child")
    op.drop_table("area_alias")
    op.drop_table("action_item")
    op.drop_table("snapshot")
    op.drop_table("setting")
    op.drop_table("rotation_plan")
    op.drop_table("road_network")
    op.drop_table("meeting")
    op.drop_table("indicator")
    op.drop_index("ix_import_batch_kind_content_sha256", table_name="import_batch")
    op.drop_table("import_batch")
    op.drop_table("break_event")
    op.drop_table("audit_log")
    op.drop_index("ix_area_parent_code", table_name="area")
    op.drop_index("ix_area_level_code", table_name="area")
    op.drop_table("area")
    op.drop_table("app_user")
