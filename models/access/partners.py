"""What partner clinics and hospitals bring nearer: RWs that stop being far once they count."""

import pandas as pd


def relieved_by_partners(rws: pd.DataFrame, far_min: float) -> pd.DataFrame:
    """Return the RWs that are far from a puskesmas and not far from a partner, the most children first.

    `rws`: rw_code, children, puskesmas_minutes, partner_minutes (blank where no way leads there, or there is none), and
    whatever else comes with them. Far begins at `far_min` minutes. Adds `minutes_saved`, blank where no way leads to a
    puskesmas.
    """
    care = pd.to_numeric(rws["puskesmas_minutes"], errors="coerce").astype(float)
    partner = pd.to_numeric(rws["partner_minutes"], errors="coerce").astype(float)
    relieved = ~(care < far_min) & (partner < far_min)
    return (
        rws.assign(minutes_saved=care - partner)[relieved]
        .sort_values(["children", "rw_code"], ascending=[False, True], na_position="last")
        .reset_index(drop=True)
    )
