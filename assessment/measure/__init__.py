"""Answers become scores: pure functions of frozen dataclasses."""
