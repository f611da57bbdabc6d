"""Who may read and write which rows: three database roles, row-level security on every table, and totals of the city.

`tables` says it once, in words and conditions; `migrate` puts it into the database (`apply`), and docs/data-contract.md
prints it.
"""
