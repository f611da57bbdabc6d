"""Facts beside the map: one RW, or one place of care."""

from html import escape

import pandas as pd

from dashboard import format as fmt
from dashboard.filters import MODE_NAMES
from data.settings import FAR_MINUTES
from models.rates.attendance import LOW, NO_DATA, UNKNOWN

VERDICTS = {
    LOW: "Belum cukup ditimbang: angka di bawah ini belum bisa dipakai untuk menyatakan RW ini baik.",
    UNKNOWN: "Jumlah sasaran belum diketahui, jadi kehadiran belum bisa dinilai.",
    NO_DATA: "Belum ada balita dengan panjang/tinggi yang sah; angka hanya perkiraan dari kelurahannya.",
}


def rw_card(row: pd.Series, period: str) -> str:
    """Tell one RW's stunting with its uncertainty, its attendance and the children to expect.

    A count that comes as a band (stunted_low below stunted_high) is told as one, and its severe ones not at all.
    """
    is_band = row["stunted_low"] != row["stunted_high"]
    verdict = VERDICTS.get(row["status"])
    parts = [
        f'<div class="card"><h3>{escape(row["rw_name"])}</h3>',
        f'<p class="where">Kelurahan {escape(row["kelurahan"])}, Kecamatan {escape(row["kecamatan"])}</p>',
        f'<span class="big">{fmt.share(row["rate"])}</span> perkiraan prevalensi stunting',
        f"<div>kemungkinan besar {fmt.share_between(row['rate_low'], row['rate_high'])} (rentang 90 %)</div>",
    ]
    if verdict:
        parts.append(f'<div class="verdict">{verdict}</div>')
    lines = [
        ("Balita stunting tercatat", _counted(row)),
        *([] if is_band else [("Sangat pendek", fmt.count(row["severely_stunted"]))]),
        (
            "Ditimbang bulan ini (D/S)",
            f"{fmt.share(row['attendance_share'], 0)} · "
            f"{fmt.count(row['d_weighed'])} dari {fmt.count(row['s_target'])}",
        ),
        ("Jika yang tidak datang dihitung", fmt.share_between(row["bound_low"], row["bound_high"])),
        (
            "Perkiraan seluruh balita stunting",
            f"{fmt.count(row['expected_stunted'])} anak"
            f" ({fmt.count(row['expected_stunted_low'])}–{fmt.count(row['expected_stunted_high'])})",
        ),
    ]
    parts.append("<table>" + "".join(f'<tr><td>{name}</td><td class="n">{told}</td></tr>' for name, told in lines))
    parts.append(f'</table><p class="source">{escape(period)}</p></div>')
    return "".join(parts)


def _counted(row: pd.Series) -> str:
    told = fmt.count_between(row["stunted_low"], row["stunted_high"])
    if row["stunted_low"] == 0 and row["stunted_high"] > 0:
        return f"{told}; kurang dari 5 balita diukur"
    return f"{told} dari {fmt.count(row['haz_valid'])} diukur"


def travel_card(reach: pd.DataFrame, own_code: str | None) -> str:
    """Tell the way to an RW's own and to its nearest puskesmas, by every mode."""
    puskesmas = reach[reach["kind"] == "puskesmas"]
    if puskesmas.empty:
        return '<div class="card"><div class="verdict">Waktu tempuh RW ini belum dihitung.</div></div>'
    rows, others = [], []
    for mode, name in MODE_NAMES.items():
        of_mode = puskesmas[puskesmas["mode"] == mode]
        own = of_mode[of_mode["facility_code"] == own_code]
        nearest = of_mode[of_mode["duration_s"].notna()].head(1)
        is_other = len(nearest) and nearest["facility_code"].iloc[0] != own_code
        others.append(bool(is_other))
        rows.append(f"<tr><td>{name}</td>{_reach_cell(own)}{_reach_cell(nearest, is_named=bool(is_other))}</tr>")
    own_name = puskesmas.loc[puskesmas["facility_code"] == own_code, "name"].head(1)
    parts = [
        '<div class="card"><table><tr><th>Ke puskesmas</th>',
        f'<th class="n"><i class="line own"></i>wilayah kerja<br>{_bare(own_name)}</th>',
        '<th class="n"><i class="line nearest"></i>terdekat<br>lewat jalan</th></tr>',
        *rows,
        "</table>",
    ]
    if any(others):
        parts.append('<div class="verdict">Yang terdekat lewat jalan bukan puskesmas wilayah kerjanya.</div>')
    parts.append(_snap_note(puskesmas))
    return "".join(parts) + "</div>"


def facility_card(facility: pd.Series, served: pd.DataFrame, durations: pd.Series, mode: str) -> str:
    """Tell a place of care: whom it serves and how far they live."""
    kind = {"rumah_sakit": "Rumah sakit"}.get(facility["kind"], str(facility["kind"]).capitalize())
    parts = [f'<div class="card"><h3>{escape(facility["name"])}</h3><p class="where">{kind}']
    parts.append(" · mitra Pusing</p>" if facility["is_partner"] else "</p>")
    lines = []
    if len(served):
        known = durations[durations.notna()]
        far = (known >= FAR_MINUTES * 60).sum()
        lines = [
            ("RW di wilayah kerja", fmt.count(len(served))),
            ("Sasaran balita", fmt.count(served["s_target"].sum(min_count=1))),
            ("Balita stunting tercatat", _summed(served)),
            (f"Waktu tempuh tengah ({MODE_NAMES[mode].lower()})", fmt.minutes(known.median())),
            (f"RW yang {fmt.count(FAR_MINUTES)} menit atau lebih", fmt.count(far)),
        ]
    if isinstance(facility["opening_hours"], str):
        lines.append(("Jam buka", escape(facility["opening_hours"])))
    if isinstance(facility["services"], str):
        lines.append(("Layanan", escape(facility["services"])))
    parts.append("<table>" + "".join(f'<tr><td>{name}</td><td class="n">{told}</td></tr>' for name, told in lines))
    source = facility["source"] if isinstance(facility["source"], str) else "tidak dicatat"
    return "".join(parts) + f'</table><p class="source">Sumber titik: {escape(source)}</p></div>'


def _summed(served: pd.DataFrame) -> str:
    is_band = (served["stunted_low"] != served["stunted_high"]) & served["stunted"].notna()
    return f"{'sekitar ' if is_band.any() else ''}{fmt.count(served['stunted'].sum(min_count=1))}"


def _reach_cell(row: pd.DataFrame, *, is_named: bool = False) -> str:
    if row.empty or pd.isna(row["duration_s"].iloc[0]):
        return '<td class="n">belum terhitung</td>'
    label = " (garis lurus)" if row["method"].iloc[0] == "straight_line" else ""
    name = f"<br>{_bare(row['name'])}" if is_named else ""
    return (
        f'<td class="n">{fmt.minutes(row["duration_s"].iloc[0])}<br>'
        f"{fmt.kilometres(row['distance_m'].iloc[0])}{label}{name}</td>"
    )


def _bare(name: pd.Series) -> str:
    return escape(str(name.iloc[0]).removeprefix("Puskesmas ")) if len(name) else fmt.MISSING


def _snap_note(reach: pd.DataFrame) -> str:
    snap = reach["origin_snap_m"].max()
    if pd.isna(snap):
        return ""
    return f'<p class="source">Titik RW berjarak {fmt.kilometres(snap)} dari jalan yang dipakai menghitung.</p>'
