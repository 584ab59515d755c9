"""Tests of drawing a code."""
