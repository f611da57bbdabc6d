"""`migrate`: bring the database to this version's schema."""

import typer

from data.engine import get_engine
from data.migrate import current_revision, upgrade

app = typer.Typer()


@app.command()
def migrate() -> None:
    """Run the migrations that the database lacks; running it again changes nothing."""
    engine = get_engine()
    before = current_revision(engine)
    upgrade(engine)
    after = current_revision(engine)
    typer.echo(f"The database is at revision {after}." if before == after else f"Migrated from {before} to {after}.")
