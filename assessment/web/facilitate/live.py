"""How a page learns that something changed: server-sent events that hold no thread.

A stream that stayed open would hold one of the server's few threads for each phone in the room. So each answer tells
the present state and ends; the browser's EventSource asks again by itself after the time that `retry` names. Nothing
but a counter and the number of votes is told, never what was voted.
"""

import json

from flask import Response

from assessment.services.workshops import Pulse

OVER = "over"
RETRY = 2_000  # milliseconds


def event(pulse: Pulse | None) -> Response:
    """Give the state as one event; where there is no room any more it is over."""
    told = {"stage": OVER, "votes": 0}
    if pulse is not None and not pulse.over:
        told = {"stage": pulse.stage, "votes": pulse.votes}
    return Response(f"retry: {RETRY}\ndata: {json.dumps(told)}\n\n", mimetype="text/event-stream")
