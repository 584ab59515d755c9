"""Tests of the respondents' pages."""
