"""Tests of the facilitator's desk and of the room."""
