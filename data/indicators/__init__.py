"""Indicators, their targets and the events that explain a jump: each act is part of one transaction and is logged.

Nothing is overwritten: a target that is replaced and an event that is corrected stay readable as they were, with who
ended them and when. A target speaks of one series, and only of one that the indicator has.
"""
