"""Audit: what was done in Rembuk, by which account; for the inspector, to search and to save."""

from dashboard.audit import choices as audit_choices
from dashboard.audit import list as audit_list
from dashboard.downloads import table_buttons
from dashboard.office import open_office

viewer = open_office(
    "Audit",
    "Catatan yang hanya bertambah: masuk dan keluar, penolakan, unduhan, impor, penetapan, perubahan oleh orang, dan "
    "perubahan pengguna. Tidak memuat nama orang atau data anak; pelaku disebut dengan peran, wilayah, dan nomor akun.",
    "inspect",
)
asked = audit_choices.ask(viewer)
entries = audit_list.read(viewer, asked)
audit_list.show(entries, asked)
table_buttons(lambda: audit_list.to_save(entries, asked), f"audit-{asked.since:%Y%m%d}-{asked.until:%Y%m%d}")
