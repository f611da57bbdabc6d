"""Impor data: check an e-PPGBM file, see its totals before anything is written, map unknown places, take it in."""

import streamlit as st

from dashboard import cache
from dashboard import format as fmt
from dashboard.intake import undoing
from dashboard.intake import view as intake_view
from dashboard.shell import open_page

viewer, version, city = open_page(
    "Impor data",
    "Unggah Daftar Anak Berdasarkan Status Gizi dari e-PPGBM. Tidak ada yang ditulis sebelum Anda menekan Impor; "
    "nama, NIK, orang tua, dan alamat tidak pernah disimpan.",
)
if not viewer.may("import"):
    st.info("Mengimpor data adalah tugas perencana Dinkes.", icon=":material/lock:")
    st.stop()
if done := st.session_state.pop(undoing.DONE, None):
    st.success(done, icon=":material/check_circle:")

uploads = st.file_uploader(
    "Berkas e-PPGBM (.xls, .xlsx, .html, .csv), boleh beberapa sekaligus",
    accept_multiple_files=True,
    key="berkas",
)
places = cache.places(viewer.scope, version)
rws = cache.rw_names(viewer.scope, version)
kelurahan = places[places["level"] == "kelurahan"]

for upload in uploads:
    content = upload.getvalue()
    with st.container(border=True):
        st.markdown(f"**{upload.name}** · {fmt.decimal(len(content) / 2**20)} MB")
        with st.spinner("Memeriksa berkas…"):
            checked = intake_view.check(viewer, version, content, upload.name, None)
        code = None
        if not isinstance(checked, str) and not checked.has_kelurahan:
            options = dict(zip(kelurahan["name"], kelurahan["code"], strict=True))
            name = st.selectbox(
                "Berkas ini tidak punya kolom kelurahan. Semua barisnya dari kelurahan",
                list(options),
                index=None,
                placeholder="Pilih kelurahan…",
                key=f"kelurahan-{upload.file_id}",
            )
            code = options.get(name)
            checked = intake_view.check(viewer, version, content, upload.name, code)
        if isinstance(checked, str):
            st.error(checked, icon=":material/error:")
            continue
        intake_view.show_totals(checked)
        intake_view.show_parked(checked)
        intake_view.map_places(viewer, checked, places, rws)
        st.caption(intake_view.status_words(checked))
        if st.button(
            "Impor", type="primary", key=f"impor-{upload.file_id}", disabled=not intake_view.is_ready(checked)
        ):
            with st.spinner("Mengimpor dan menghitung ulang…"):
                failed = intake_view.take_in(viewer, content, upload.name, code)
            if failed is not None:
                st.error(failed, icon=":material/error:")
            else:
                st.session_state[undoing.DONE] = (
                    f"{fmt.count(checked.totals.accepted)} baris diimpor, "
                    f"{fmt.count(checked.totals.parked)} disisihkan."
                )
                st.rerun()

st.subheader("Impor terakhir", anchor=False)
batches = cache.recent_batches(viewer.scope, version)
st.dataframe(intake_view.history(batches), hide_index=True, width="stretch")
undoing.show_undo(viewer, batches)
