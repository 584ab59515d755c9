"""Drawing a code oneself, signed in at the organisation's provider."""

from assessment.web.draw.views import blueprint

__all__ = ["blueprint"]
