"""Keep forecasts made at intake, and how each did on its own past."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def _key() -> list[sa.Column]:
    return [
        sa.Column("area_code", sa.Text(), nullable=False, comment="City, kecamatan or kelurahan"),
        sa.Column("indicator_code", sa.Text(), nullable=False, comment="Indicator"),
    ]


def _references(table: str) -> list[sa.ForeignKeyConstraint]:
    return [
        sa.ForeignKeyConstraint(["area_code"], ["area.code"], name=op.f(f"fk_{table}_area_code_area")),
        sa.ForeignKeyConstraint(
            ["indicator_code"], ["indicator.code"], name=op.f(f"fk_{table}_indicator_code_indicator")
        ),
    ]


def upgrade() -> None:
    op.create_table(
        "forecast",
        *_key(),
        sa.Column("series", sa.Text(), nullable=False, comment="Series that it continues"),
        sa.Column("month", sa.Date(), nullable=False, comment="Month that is forecast"),
        sa.Column("share", sa.Double(), nullable=False, comment="Middle of the forecast, a fraction"),
        sa.Column("low_80", sa.Double(), nullable=False, comment="Lower limit of the 80 % interval, a fraction"),
        sa.Column("high_80", sa.Double(), nullable=False, comment="Upper limit of the 80 % interval"),
        sa.Column("low_95", sa.Double(), nullable=False, comment="Lower limit of the 95 % interval"),
        sa.Column("high_95", sa.Double(), nullable=False, comment="Upper limit of the 95 % interval"),
        sa.Column("centre", sa.Double(), nullable=False, comment="Middle on the log-odds scale"),
        sa.Column(
            "spread", sa.Double(), nullable=False, comment="Scale of Student's t around it, on the log-odds scale"
        ),
        sa.Column("freedom", sa.Double(), nullable=False, comment="Degrees of freedom of that t"),
        sa.PrimaryKeyConstraint("area_code", "indicator_code", "series", "month", name=op.f("pk_forecast")),
        *_references("forecast"),
        comment="A forecast month of an area's series, made at intake; nothing below kelurahan",
    )
    op.create_table(
        "forecast_check",
        *_key(),
        sa.Column("series", sa.Text(), nullable=False, comment="Series"),
        sa.Column(
            "status", sa.Text(), nullable=False, comment="shown: it beat both naive forecasts; loses, or too_short"
        ),
        sa.Column("last_month", sa.Date(), nullable=False, comment="Newest month that it was made from"),
        sa.Column("months", sa.Integer(), nullable=False, comment="Unbroken months that it was made from"),
        sa.Column("origins", sa.Integer(), nullable=False, comment="Past months from which it was tested"),
        sa.Column("miss", sa.Double(), nullable=True, comment="Mean absolute miss of its tests, a fraction"),
        sa.Column("miss_naive", sa.Double(), nullable=True, comment="That of the last month's figure"),
        sa.Column(
            "miss_seasonal", sa.Double(), nullable=True, comment="That of the figure of the same month a year before"
        ),
        sa.Column("method", sa.Text(), nullable=False, comment="How it was made"),
        sa.Column(
            "written_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
            comment="When this row was written",
        ),
        sa.CheckConstraint("status IN ('shown', 'loses', 'too_short')", name=op.f("ck_forecast_check_status")),
        sa.PrimaryKeyConstraint("area_code", "indicator_code", "series", name=op.f("pk_forecast_check")),
        *_references("forecast_check"),
        comment="How well an area's forecast did on its own past",
    )


def downgrade() -> None:
    op.drop_table("forecast_check")
    op.drop_table("forecast")
