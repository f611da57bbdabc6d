"""What a screen says when something went wrong that nobody foresaw: a sentence and a number, never a traceback."""

import logging
import secrets

import streamlit as st
from sqlalchemy.exc import InterfaceError, OperationalError

from data.errors import DatabaseUnavailableError

_LOG = logging.getLogger("rembuk")


def show_fault(fault: Exception) -> None:
    """Show a fault in words, and log it under a number that a person can pass on.

    The log holds the fault's kind and place, not its values: a database error quotes the row that it failed on.
    """
    number = secrets.token_hex(3).upper()
    trace = fault.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else "unknown place"
    _LOG.error("fault %s: %s at %s", number, type(fault).__name__, place)
    if isinstance(fault, DatabaseUnavailableError | OperationalError | InterfaceError):
        st.error(
            f"Basis data tidak menjawab. Tunggu sebentar lalu muat ulang halaman. Bila tetap begini, sampaikan nomor "
            f"{number} kepada pengelola.",
            icon=":material/cloud_off:",
        )
        return
    st.error(
        f"Halaman ini tidak dapat ditampilkan karena gangguan di Rembuk. Muat ulang halaman; bila terulang, sampaikan "
        f"nomor {number} kepada pengelola. Tidak ada data yang berubah.",
        icon=":material/error:",
    )
