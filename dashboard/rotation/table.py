"""A plan as tables that people read and save: by puskesmas and month, stop by stop, and beside other ways."""

import datetime
import json
from collections.abc import Callable

import pandas as pd

from dashboard import format as fmt
from dashboard.exports import Saved
from dashboard.rotation.decide import plan_name
from dashboard.rotation.words import FIGURES, KINDS, PLANS, REASONS, VISITED, proof
from dashboard.visit.months import months_told
from data.pusing import planning
from data.queries.city import CityState
from models.rotation.effects import KEPT, LATE, kept_promises

_MARK_FIXED, _MARK_VISITED = "◆ ", "✓ "


def with_states(plan: pd.Series, slots: pd.DataFrame, visits: pd.DataFrame, today: datetime.date) -> pd.DataFrame:
    """Add `state` to the stops of an adopted plan: visited, visited_late, not_visited (its month is over) or planned.

    `visits` are those made since the plan's first month. A draft's stops are all planned.
    """
    if plan["status"] != planning.ADOPTED or slots.empty:
        return slots.assign(state="planned")
    keys = ["month", "puskesmas_code", "rw_code"]
    planned = slots.assign(month=months_told(slots["month"], slots.index))[keys]
    made = visits.assign(month=months_told(visits["visited_on"], visits.index))[keys]
    until = max(planned["month"].max(), f"{today:%Y-%m}")
    told = kept_promises(planned, made, until).drop_duplicates(["month", "rw_code"])
    outcome = planned.merge(told, how="left", on=["month", "rw_code"], validate="1:1")["outcome"]
    is_over = planned["month"].to_numpy() < f"{today:%Y-%m}"
    states = [
        "visited" if became == KEPT else "visited_late" if became == LATE else "not_visited" if over else "planned"
        for became, over in zip(outcome, is_over, strict=True)
    ]
    return slots.assign(state=states)


def visited_count(slots: pd.DataFrame) -> int:
    """Return how many of the stops were visited, late ones included."""
    return int(slots["state"].isin(["visited", "visited_late"]).sum())


def calendar(slots: pd.DataFrame) -> pd.DataFrame:
    """Return one row per puskesmas and one column per month, with the RWs to visit."""
    if slots.empty:
        return pd.DataFrame({"Puskesmas": []})
    told = slots.assign(
        stop=[
            f"{_MARK_VISITED if state in ('visited', 'visited_late') else ''}{_MARK_FIXED if fixed else ''}"
            f"{rw} {kelurahan}"
            for rw, kelurahan, fixed, state in zip(
                slots["rw_name"], slots["kelurahan"], slots["is_fixed"], slots["state"], strict=True
            )
        ],
        Puskesmas=slots["puskesmas"].str.removeprefix("Puskesmas "),
    )
    wide = told.pivot_table(index="Puskesmas", columns="month", values="stop", aggfunc=", ".join, fill_value="–")
    wide.columns = pd.Index([fmt.short_month(month) for month in sorted(set(slots["month"]))])
    return wide.reset_index()


def listed(slots: pd.DataFrame) -> pd.DataFrame:
    """Return the stops as a list."""
    return pd.DataFrame(
        {
            "Bulan": [fmt.month(month) for month in slots["month"]],
            "Puskesmas": slots["puskesmas"].str.removeprefix("Puskesmas "),
            "RW": slots["rw_name"] + ", " + slots["kelurahan"],
            "Keadaan": slots["state"].map(VISITED),
            "Kecamatan": slots["kecamatan"],
            "Oleh": slots["kind"].map(KINDS),
            "Mengapa": slots["reason"].map(REASONS),
            "Alasan orang yang mengganti": [
                (reason or "ya") if fixed else ""
                for fixed, reason in zip(slots["is_fixed"], slots["override_reason"], strict=True)
            ],
        }
    )


def comparison(rows: pd.DataFrame) -> pd.DataFrame:
    """Return ways to use the same visits side by side, as people read them."""
    if rows.empty:
        return rows
    shown = pd.DataFrame({"Cara": rows["name"].map(PLANS)})
    for figure, name in FIGURES.items():
        is_share = figure.endswith("_pct")
        shown[name] = [fmt.decimal(value, 1) if is_share else fmt.count(value) for value in rows[figure].astype(float)]
    return shown


def side_by_side(visited: pd.DataFrame, rule: pd.DataFrame, names: pd.Series, places: pd.Series) -> pd.DataFrame:
    """Return past months by puskesmas: what was visited, and what the rule would have chosen.

    `visited` and `rule`: month (YYYY-MM), puskesmas_code, rw_code; `names` and `places` are names by code.
    """
    keys = ["month", "puskesmas_code"]
    told = {
        name: frame.assign(rw=frame["rw_code"].map(names)).groupby(keys)["rw"].agg("; ".join)
        for name, frame in (("Yang dikunjungi", visited), ("Yang akan dipilih aturan", rule))
    }
    both = pd.DataFrame(told).reset_index().sort_values(keys, ascending=[False, True], ignore_index=True)
    return pd.DataFrame(
        {
            "Bulan": [fmt.month(datetime.date.fromisoformat(f"{month}-01")) for month in both["month"]],
            "Puskesmas": both["puskesmas_code"].map(places).str.removeprefix("Puskesmas "),
            **{name: both[name].fillna(fmt.MISSING) for name in told},
            "Sama": ["ya" if same else "" for same in both["Yang dikunjungi"] == both["Yang akan dipilih aturan"]],
        }
    )


def saver(plan: pd.Series, slots: pd.DataFrame, city: CityState) -> Callable[[], Saved]:
    """Return what makes the plan's file when it is asked for."""
    return lambda: to_save(plan, slots, city)


def to_save(plan: pd.Series, slots: pd.DataFrame, city: CityState) -> Saved:
    """Return the plan's stops with what explains them."""
    weights = json.dumps({code: round(share, 3) for code, share in plan["weights"].items()})
    notes = (
        ("Wilayah", city.name),
        ("Rencana", plan_name(plan)),
        ("Disusun", fmt.moment(plan["written_at"])),
        ("Data sampai", str(plan["data_state"].get("data_month", ""))),
        ("Bobot", weights),
        ("Bukti", proof(plan["result"])),
        ("Data contoh", "Ya: angka rekaan untuk uji coba" if city.is_demo else "Tidak"),
    )
    return Saved(listed(slots).assign(**{"Kode RW": slots["rw_code"].to_numpy()}), "Rotasi Pusing", notes)
