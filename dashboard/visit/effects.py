"""Before and after a visit beside RWs like it that were not visited: what is compared, and how the result reads."""

import pandas as pd

from dashboard import format as fmt
from dashboard.priority.words import value_column
from models.rotation.effects import ATTENDANCE, ESTIMATED, NEWLY_FOUND, Effect, visit_effect

MONTHS_BEFORE, MONTHS_AFTER = 3, 3
OUTCOMES = (ATTENDANCE, NEWLY_FOUND)
_NAMES = {
    ATTENDANCE: "Kehadiran penimbangan (D/S)",
    NEWLY_FOUND: "Stunting yang baru ditemukan, per 100 sasaran",
}
NO_CLAIM = (
    "Tidak ada kesimpulan tentang prevalensi: pertumbuhan baru menjawab setelah enam bulan atau lebih, dan kunjungan "
    "yang menemukan anak lebih dulu menaikkan angkanya."
)


def before_and_after(
    ranked: pd.DataFrame, counts: pd.DataFrame, visits: pd.DataFrame, puskesmas: str
) -> dict[str, Effect]:
    """Return the effect by outcome, three months before against three from the visit's month on.

    `ranked` (of the month in which the first of the visits could be) gives what RWs are matched on: expected stunted
    children and travel time as they were before; `counts` the months; of `visits` those of a puskesmas, or all.
    RWs visited by any puskesmas serve nobody as a match in those months.
    """
    rws = pd.DataFrame(
        {
            "rw_code": ranked["rw_code"],
            "need": ranked[value_column("expected_stunted")],
            "travel_s": ranked["travel_s"],
        }
    )
    chosen = visits[visits["puskesmas_code"] == puskesmas] if puskesmas else visits
    others = set(visits["rw_code"]) - set(chosen["rw_code"])
    rws = rws[~rws["rw_code"].isin(others)]
    made = pd.DataFrame(
        {"rw_code": chosen["rw_code"], "month": [f"{day:%Y-%m}" for day in chosen["visited_on"]]}
    ).reset_index(drop=True)
    numbers = counts.assign(
        month=[f"{month:%Y-%m}" for month in counts["month"]],
        weighed=counts["d_weighed"].astype(float),
        target=pd.to_numeric(counts["s_target"]).astype(float),
    )
    numbers = numbers[numbers["rw_code"].isin(rws["rw_code"])].assign(denominator=numbers["target"])
    numerators = {ATTENDANCE: "d_weighed", NEWLY_FOUND: "newly_found"}
    return {
        outcome: visit_effect(
            outcome,
            numbers.assign(numerator=numbers[numerators[outcome]].astype(float)),
            rws,
            made,
            MONTHS_BEFORE,
            MONTHS_AFTER,
        )
        for outcome in OUTCOMES
    }


def told(outcome: str, effect: Effect) -> str:
    """Tell an effect in a sentence, or why there is none."""
    name = f"**{_NAMES[outcome]}**"
    if effect.status != ESTIMATED:
        return (
            f"{name}: belum bisa dibandingkan; baru {fmt.count(effect.pairs)} dari {fmt.count(effect.visited)} RW yang "
            "punya angka lengkap tiga bulan sebelum dan sesudah serta pasangan yang serupa."
        )
    if effect.low <= 0 <= effect.high:
        verdict = "tidak terlihat beda yang pasti"
    else:
        verdict = "berubah lebih tinggi" if effect.difference > 0 else "berubah lebih rendah"
    return (
        f"{name}: RW yang dikunjungi {verdict} dibanding RW serupa yang tidak dikunjungi: "
        f"{fmt.points(effect.difference / 100, 2)} (rentang 95 %: {fmt.points(effect.low / 100, 2)} sampai "
        f"{fmt.points(effect.high / 100, 2)}; {fmt.count(effect.pairs)} pasang RW)."
    )
