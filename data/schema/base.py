"""What all tables share: their names for constraints, lists of allowed values, and when a row was written."""

from sqlalchemy import CheckConstraint, Column, DateTime, MetaData, func

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def refers_to(column: str) -> dict[str, str]:
    """Note a reference that a trigger keeps once a statement: a foreign key's check of each row is most of a load."""
    return {"refers_to": column}


def one_of(column: str, values: tuple[str, ...], name: str | None = None) -> CheckConstraint:
    """Allow only the values listed."""
    listed = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} IN ({listed})", name=name or column)


def written_at() -> Column:
    """Give the column that tells when a row was written."""
    return Column(
        "written_at",
        DateTime(timezone=True),
        nullable=False,
        server_default=func.now(),
        comment="When this row was written",
    )
