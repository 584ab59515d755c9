"""Tests of what becomes of other tools' files."""
