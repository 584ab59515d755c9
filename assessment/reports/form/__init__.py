"""The blank form: a questionnaire as it is looked at before it is used, and filled in by hand."""

from assessment.reports.form.layout import abreast
from assessment.reports.form.sheet import Box, FormSheet, Guide, Line, PartSheet, QuestionSheet, form_sheet

__all__ = ["Box", "FormSheet", "Guide", "Line", "PartSheet", "QuestionSheet", "abreast", "form_sheet"]
