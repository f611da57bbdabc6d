"""Why a file of places cannot be used: the end of a sentence that begins with the file, by code.

The code lets a screen say the same in Indonesian from the error's own data.
"""

from data.errors import UnusableInputError

REFUSALS = {
    "demo": (
        "this database holds the invented demo city, and real and invented data never mix; name an empty database in "
        "DATABASE_URL or another folder in REMBUK_HOME, or remove the demo first: `python -m dashboard demo --clear`."
    ),
    "no_city": (
        "the database holds no city yet; load its areas first: "
        '`python -m dashboard import areas FILE --city-code 32.75 --city-name "Kota …"`.'
    ),
    "city_code": (
        "{found} is no code of a kota or kabupaten; give one such as 32.75 with --city-code (one of the file's: "
        "{codes})."
    ),
    "city_name": 'the database holds no city yet; say what {found} is called: --city-name "Kota …".',
    "city_differs": "the database holds {city} already and cannot take in {found}; use another database for it.",
    "unreadable": "it cannot be read as GeoJSON, GeoPackage or Shapefile ({found}); export it again from QGIS.",
    "kind": "it is none of GeoJSON (.geojson), GeoPackage (.gpkg), Shapefile (.shp) or a .zip of one; export it so.",
    "too_large": "it is larger than {found} MB; simplify it in QGIS, or split it by kecamatan.",
    "several": "it holds several layers ({found}); name one with --layer.",
    "no_layer": "it has no layer {found}; it has: {layers}.",
    "no_rows": "it holds no area with an outline.",
    "not_polygons": "{found} of its shapes are points or lines (first: number {row}); areas need polygons.",
    "no_ground": "{found} of its shapes have no ground (first: number {row}); draw them, or leave them out.",
    "no_crs": (
        "it does not say which coordinates it uses, and they are no degrees (x {x}, y {y}); save it with its CRS "
        "(.prj), or as GeoJSON in EPSG:4326."
    ),
    "wrong_crs": (
        "its coordinates cannot be what it says they are ({crs}; x {x}, y {y}); set its true CRS in QGIS and save it "
        "again."
    ),
    "swapped": (
        "latitude and longitude are swapped (x {x}, y {y}); swap the axes in QGIS (Swap X and Y coordinates) and save "
        "it again."
    ),
    "elsewhere": "it lies outside Indonesia (x {x}, y {y}); set its true CRS in QGIS and save it again.",
    "other_ground": "its outlines lie outside {city}, {found} km away, although its codes are the city's.",
    "level": "its level could not be told from its codes; name it with --level (kecamatan, kelurahan or rw).",
    "no_column": "it has no column {found}; it has: {columns}.",
    "no_code_column": (
        "no column holds Kemendagri codes of a {level} (such as {example}); name it with --code-column. Columns: "
        "{columns}."
    ),
    "bps": (
        "the codes of column {found} are BPS codes (such as {example}), and Rembuk uses Kemendagri's; load a file with "
        "Kemendagri codes first, after which BPS files are matched by the names of kecamatan and kelurahan."
    ),
    "bad_codes": "{found} codes in column {column} cannot be read as those of a {level} (numbers {rows}).",
    "other_city": "{found} of its {total} areas belong to {others}, not to {city}; leave them out with --only-city.",
    "duplicates": (
        "codes occur twice ({found}); correct them, or join the parts of one area with --merge-parts."
    ),
    "unknown_names": "{found} areas are not known by name ({names}); correct them, or load a file with codes.",
    "rivals": "{found}; correct the outlines of {codes}.",
    "no_parent": "{found} RW lie in kelurahan that the database lacks ({codes}); load the kelurahan first.",
    "as_of": "{found} is in the future; areas change on a day that has come.",
    "rw_codes_twice": "an RW occurs twice: {found}.",
    "no_table": "it is no table that can be read; save it as CSV or as Excel Workbook (.xlsx) without a password.",
    "no_rows_in_table": "its header has no rows below it.",
    "alias": "{found} is no crosswalk; write SPELLING=CODE, such as --alias \"Bekasijaya=32.75.01.1001\".",
    "table_head": "none of its first 15 rows is a header with {found}.",
    "table_rows": (
        "{found} rows cannot be used: {rows}; correct them, or load the others with --set-aside; nothing was written."
    ),
    "figure_rows": "{found} rows cannot be used: {rows}; correct them and load the table again; nothing was written.",
    "facility_kind": "rows without a kind; add a column jenis (puskesmas, pustu, posyandu, klinik …) or --kind.",
}  # fmt: skip


def refusal(reason: str, **found: object) -> UnusableInputError:
    """Return the error for a file that cannot be used; `context` holds the reason's code and what was found."""
    told = {name: str(value) for name, value in found.items()}
    about_database = reason in {"demo", "no_city", "city_name", "city_differs", "as_of"}
    start = "" if about_database else "the file cannot be taken in: "
    return UnusableInputError(start + REFUSALS[reason].format(**told), reason=f"areas_{reason}", **told)


def listed(values: list[str], most: int = 5) -> str:
    """Return the first of several texts, and how many more there are."""
    more = len(values) - most
    return ", ".join(values[:most]) + (f" and {more} more" if more > 0 else "")
