"""Files taken in from e-PPGBM: recognised, read, checked row by row, pseudonymised and written whole or not at all.

The steps are `detect` (what a file is), `html`, `workbook` and `delimited` (its cells), `table` and `columns` (the list
and its header), `values` (what the texts mean), `identity` and `places` (whose and where), `rows` (taken in, set aside
or repeated), `replacement`, `load` and `aggregate` (the database). `eppgbm` joins them into a preview and an import.
No name, NIK, parent or address leaves `rows`.
"""
