"""Tests of measuring: answers become scores."""
