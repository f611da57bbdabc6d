"""Data quality as lists: on the screen, and as files that explain themselves."""

import datetime

import pandas as pd

from dashboard import format as fmt
from dashboard.exports import Saved
from dashboard.quality.choices import LEVEL_NAMES, UNNAMED, Asked
from dashboard.quality.words import (
    CHECK_NAMES,
    GRADE_NAMES,
    STATE_NAMES,
    STATE_SIGNS,
    STATUS_NAMES,
    listed,
    reasons_told,
)
from data.queries.city import CityState
from models.quality.codes import CHECKS, WITH_STATUS, status_column, value_column
from models.quality.grade import findings
from models.quality.reporting import LATE, ON_TIME, SILENT, reported

MOST_POSYANDU = 150
"""More than this and the grid is by area: nobody reads two thousand lines."""


def notes(asked: Asked, city: CityState) -> tuple[tuple[str, str], ...]:
    """Return what explains a file."""
    return (
        ("Wilayah", f"{LEVEL_NAMES[asked.place.level]} {asked.place.name}"),
        ("Periode", asked.period),
        ("Sumber", "Penimbangan rutin posyandu (e-PPGBM); pemeriksaan menurut WHO/UNICEF 2019"),
        ("Nilai A–D", "; ".join(f"{grade or 'kosong'}: {told}" for grade, told in GRADE_NAMES.items())),
        ("Hitungan", "Setiap penimbangan dihitung sekali; nilai mulai 100 hasil ukur panjang/tinggi"),
        ("Data contoh", "Ya: angka rekaan untuk uji coba" if city.is_demo else "Tidak"),
    )


def checks_to_save(row: pd.Series, asked: Asked, city: CityState) -> Saved:
    """Return the checks of one place as a file."""
    return Saved(listed(row), f"Mutu data {asked.place.name}: {row['grade'] or GRADE_NAMES['']}", notes(asked, city))


def named(judged: pd.DataFrame, rws: pd.DataFrame) -> pd.DataFrame:
    """Return posyandu with `where`, their RW and kelurahan in words."""
    known = rws.set_index("code")
    where = (known["rw_name"] + " " + known["kelurahan"] + ", Kec. " + known["kecamatan"]).to_dict()
    return judged.assign(where=[where.get(code, code) for code in judged["code"]])


def posyandu_to_save(judged: pd.DataFrame, asked: Asked, city: CityState) -> Saved:
    """Return every posyandu of a place with its grade, why, and the value of each check."""
    columns = {
        "Kode RW": judged["code"],
        "Posyandu": judged["posyandu"].replace("", UNNAMED),
        "RW": judged["where"],
        "Nilai mutu": judged["grade"],
        "Hasil ukur panjang/tinggi": judged["measured"],
        "Sebab": [reasons_told(findings(row), most=14) if row["grade"] else "" for _, row in judged.iterrows()],
    }
    for check in CHECKS:
        if value_column(check) in judged.columns and judged[value_column(check)].notna().any():
            columns[CHECK_NAMES[check]] = judged[value_column(check)].astype(float).round(4)
            if check in WITH_STATUS:
                columns[f"{CHECK_NAMES[check]}: keterangan"] = judged[status_column(check)].map(STATUS_NAMES)
    return Saved(pd.DataFrame(columns), f"Mutu data posyandu, {asked.place.name}", notes(asked, city))


def reports_summary(grid: pd.DataFrame, asked: Asked) -> str:
    """Tell how many reports came, in time or late, and how many are missing."""
    states = grid["state"].value_counts()
    due = int(states.reindex([ON_TIME, LATE, SILENT]).sum())
    came = int(states.reindex([ON_TIME, LATE]).sum())
    posyandu = len(grid[["rw_code", "posyandu"]].drop_duplicates())
    share = came / due if due else float("nan")
    on_time = states.get(ON_TIME, 0) / came if came else float("nan")
    return (
        f"**{asked.place.name}: {fmt.count(came)} dari {fmt.count(due)} laporan masuk ({fmt.share(share)})**, "
        f"{fmt.share(on_time)} di antaranya tepat waktu. {fmt.count(posyandu)} posyandu, {asked.period}."
    )


def reports_listed(grid: pd.DataFrame, rws: pd.DataFrame, asked: Asked) -> pd.DataFrame:
    """Return posyandu by month with a sign each, or areas by month with the share that reported."""
    names = named(grid[["rw_code", "posyandu"]].drop_duplicates().rename(columns={"rw_code": "code"}), rws)
    months = sorted(set(grid["month"]))
    if len(names) <= MOST_POSYANDU:
        signs = grid.assign(sign=grid["state"].map(STATE_SIGNS)).pivot_table(
            index=["rw_code", "posyandu"], columns="month", values="sign", aggfunc="first"
        )
        ordered = names.set_index(["code", "posyandu"]).loc[signs.index, "where"]
        return pd.DataFrame(
            {
                "Posyandu": [posyandu or UNNAMED for _, posyandu in signs.index],
                "RW": ordered.to_numpy(),
                **{fmt.short_month(month): signs[month].to_numpy() for month in months},
            }
        )
    known = rws.set_index("code")["kecamatan" if asked.place.level == "kota" else "kelurahan"]
    told = reported(grid.assign(area=grid["rw_code"].map(known)), ["area", "month"])
    told["share"] = told["months_reported"] / told["months"].where(told["months"] > 0)
    shares = told.pivot_table(index="area", columns="month", values="share")
    every = reported(grid.assign(area=grid["rw_code"].map(known)), ["area"]).set_index("area").loc[shares.index]
    in_time = every["months_on_time"] / every["months_reported"].where(every["months_reported"] > 0)
    return pd.DataFrame(
        {
            "Kecamatan" if asked.place.level == "kota" else "Kelurahan": shares.index,
            **{fmt.short_month(month): [fmt.share(value, 0) for value in shares[month]] for month in months},
            "Tepat waktu": [fmt.share(value, 0) for value in in_time],
        }
    )


def reports_to_save(grid: pd.DataFrame, asked: Asked, city: CityState) -> Saved:
    """Return every posyandu and month with its state in words."""
    rows = pd.DataFrame(
        {
            "Kode RW": grid["rw_code"],
            "Posyandu": grid["posyandu"].replace("", UNNAMED),
            "Bulan": [_month(month) for month in grid["month"]],
            "Laporan": grid["state"].map(STATE_NAMES),
        }
    )
    return Saved(rows, f"Laporan posyandu, {asked.place.name}", notes(asked, city))


def _month(month: datetime.date) -> str:
    return f"{month:%Y-%m}"
