"""`python -m dashboard trend`: make the forecasts of city, kecamatan and kelurahan anew."""

import typer

from data.engine import get_engine
from data.errors import DatabaseUnavailableError
from data.forecast import refresh_forecasts
from data.migrate import current_revision, head_revision
from data.scope import PLANNER, WHOLE_CITY, Scope, writing_connection
from models.trend.forecast import SHOWN, TOO_SHORT

app = typer.Typer(add_completion=False)


@app.command()
def trend() -> None:
    """Forecast the routine stunting prevalence of every area down to kelurahan, and test it on its own past.

    An import does this by itself; this command is for a database that was filled in another way.
    """
    engine = get_engine()
    if current_revision(engine) != head_revision():
        raise DatabaseUnavailableError(
            "the database is not at this version's schema; run `python -m dashboard migrate`."
        )
    with writing_connection(engine, Scope(PLANNER, (WHOLE_CITY,), actor="command line")) as connection:
        checks = refresh_forecasts(connection)
    counted = checks["status"].value_counts()
    shown, short = int(counted.get(SHOWN, 0)), int(counted.get(TOO_SHORT, 0))
    typer.echo(
        f"{len(checks)} areas: {shown} forecasts beat both naive ones and are shown, "
        f"{len(checks) - shown - short} do not, {short} have too short a history."
    )
