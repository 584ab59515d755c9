"""Lean-Agile maturity of Agile Release Trains, from a questionnaire file to a trend report."""
