"""The respondents' pages: a code, the form part by part or on one page, the check before sending, the receipt."""

from assessment.web.respond.views import blueprint

__all__ = ["blueprint"]
