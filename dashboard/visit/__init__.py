"""Visits made by the mobile clinic: logging, results and the visit sheet."""
