"""Sheets of codes."""
