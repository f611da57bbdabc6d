"""Specific and sensitive interventions: coverage, gaps and the table behind them."""
