"""Filling a form in together: the facilitator's desk, and the room in which everyone votes on a phone."""

from assessment.web.facilitate.desk import blueprint as desk_blueprint
from assessment.web.facilitate.room import blueprint as room_blueprint

__all__ = ["desk_blueprint", "room_blueprint"]
