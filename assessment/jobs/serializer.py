"""Jobs as JSON. Huey would pickle them, and whoever can write a pickle into a database runs code in the worker."""

import json
from datetime import datetime
from typing import Any

from huey.registry import Message
from huey.serializer import Serializer

_MOMENTS = ("eta", "expires_resolved")
_UNUSED = ("on_complete", "on_error", "chord_config", "expires")


class JsonSerializer(Serializer):  # type: ignore[misc]  # huey has no types
    """Writes and reads a job: its name, its arguments, when it is due and how often it is tried."""

    def _serialize(self, data: Any) -> bytes:  # noqa: ANN401 - huey's own
        if not isinstance(data, Message) or any(getattr(data, name) is not None for name in _UNUSED):
            raise TypeError("a job is a name and plain arguments")
        fields = {name: value for name, value in data._asdict().items() if name not in _UNUSED}
        for name in _MOMENTS:
            fields[name] = fields[name].isoformat() if fields[name] is not None else None
        return json.dumps(fields, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()

    def _deserialize(self, data: bytes) -> Any:  # noqa: ANN401
        fields: dict[str, Any] = json.loads(data)
        for name in _MOMENTS:
            fields[name] = datetime.fromisoformat(fields[name]) if fields[name] is not None else None
        return Message(**fields)
