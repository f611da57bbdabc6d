"""Is it going down, is that real, why did it change, and where is it heading: pure functions over monthly figures.

Assumes that a figure belongs to a series (indicator and basis), that window counts hold a child once, and that nothing
is said below kelurahan about the future.
"""
