"""Tests of the reports and their charts."""
