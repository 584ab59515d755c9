"""The codes of a round on paper: slips to cut apart for people, a poster for a team that shares a link."""

from assessment.reports.codes.sheet import CodeSheet, Occasion, Poster, Slip, TeamCodes, TeamSlips, code_sheet

__all__ = ["CodeSheet", "Occasion", "Poster", "Slip", "TeamCodes", "TeamSlips", "code_sheet"]
