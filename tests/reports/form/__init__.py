"""Tests of the blank form."""
