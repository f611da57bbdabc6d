"""The ranking of RWs for the mobile clinic: scores, tiers, reasons and weights."""
