"""A briefing's ways out: one layout of every page, drawn for the projector and written as HTML, PPTX, PDF and XLSX.

A page is laid out once, at 1,920 by 1,080 pixels, with the metrics of Helvetica, which Arial and Liberation Sans share.
So the projector and every file show the same lines in the same places, and what fits in one fits in all.
"""
