"""What is wrong in a workbook that came back, row by row; nothing of it was written."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from dashboard import format as fmt
from dashboard.returned.sheets import Fault


def show_faults(faults: Sequence[Fault]) -> None:
    """Say that nothing was written, and list the faults by the row that Excel shows."""
    whole = [fault.told for fault in faults if fault.row == 0]
    rows = [fault for fault in faults if fault.row]
    if whole:
        st.error(" ".join(whole), icon=":material/error:")
    if rows:
        st.error(
            f"{fmt.count(len(rows))} baris perlu diperbaiki; belum ada yang ditulis. Perbaiki lalu unggah lagi.",
            icon=":material/error:",
        )
        st.dataframe(
            pd.DataFrame({"Baris": [fault.row for fault in rows], "Yang salah": [fault.told for fault in rows]}),
            hide_index=True,
        )
