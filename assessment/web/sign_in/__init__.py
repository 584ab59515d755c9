"""Signing in and out."""

from assessment.web.sign_in.views import blueprint

__all__ = ["blueprint"]
