"""Targets and dated events: their forms and lists."""
