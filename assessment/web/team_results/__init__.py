"""A team's own results: by the link that is made when its round closes, or for the facilitator of the team."""

from assessment.web.team_results.views import blueprint

__all__ = ["blueprint"]
