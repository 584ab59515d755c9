"""What stands in XLSForm's `type` column."""

import re
from dataclasses import dataclass
from typing import Literal

from assessment.questionnaire.finding import shown

Kind = Literal[
    "one", "multiple", "integer", "decimal", "range", "percentage", "text", "note", "begin", "end", "unknown"
]

_SELECT = re.compile(
    r"""(?:add\s+|q\s+)?
    (?P<kind>select1|select[_\s]one|select[_\s]multiple|select[_\s]all[_\s]that[_\s]apply)
    (?:\s+prompt)?(?:\s+(?:from|using))?\s+(?P<list>.+?)
    (?P<other>\s+or[_\s]other|\s+or\s+specify\s+other)?""",
    re.VERBOSE | re.IGNORECASE,
)
_SECTION = re.compile(
    r"(?P<edge>begin|end)[_\s]+(?P<kind>group|repeat|loop|lgroup|looped[_\s]+group)(?:\s.*)?", re.IGNORECASE
)
_PROMPT = re.compile(r"(?:add\s+(?P<a>.+?)\s+prompt|q\s+(?P<q>.+))")
_FROM_ELSEWHERE = re.compile(r"select[_\s](one|multiple)([_\s]from[_\s]file|[_\s]external)\b.*|.*\$\{.*", re.IGNORECASE)

_SIMPLE: dict[str, Kind] = {
    "text": "text",
    "string": "text",
    "integer": "integer",
    "int": "integer",
    "decimal": "decimal",
    "range": "range",
    "percentage": "percentage",
    "note": "note",
}

# What is never carried over, with the reason; the question is left out.
_REFUSED = {
    "calculations are not carried over": {"calculate", "calculation"},
    "hidden values are not carried over": {"hidden", "xml-external", "csv-external"},
    "dates and times are not asked for": {"date", "time", "datetime", "date time", "dateTime"},
    "places on a map are not asked for": {"geopoint", "geotrace", "geoshape", "gps", "location", "osm"},
    "pictures, recordings and files are not asked for": {
        *("image", "photo", "picture", "audio", "video", "file", "signature", "draw", "annotate"),
    },
    "barcodes are not asked for": {"barcode"},
    "rankings are not asked for": {"rank"},
    "acknowledgements are not asked for": {"acknowledge", "trigger"},
    "what a device records by itself is not carried over": {
        *("start", "end", "today", "deviceid", "device id", "imei", "phonenumber", "phone number", "get phone number"),
        *("simserial", "sim id", "subscriberid", "subscriber id", "username", "email", "audit", "start-geopoint"),
        *("background-audio", "background-geopoint", "start time", "end time", "get start time", "get end time"),
        *("get today", "get device id", "get sim id", "get subscriber id", "uri:deviceid", "uri:username"),
    },
    "cascading selections are choice filters, which are not carried over": {"cascading select", "cascading_select"},
}
_REASONS = {name: reason for reason, names in _REFUSED.items() for name in names}


@dataclass(frozen=True, slots=True)
class Type:
    """A type as the survey sheet writes it: what it asks for, from which list of choices; or why it is left out."""

    kind: Kind
    choices: str = ""
    or_other: bool = False
    repeats: bool = False
    refused: str = ""


def type_of(words: str) -> Type:
    """Give what a type means; `refused` tells why its question cannot be carried over."""
    words = " ".join(words.split())
    if section := _SECTION.fullmatch(words):
        kind: Kind = "begin" if section["edge"].lower() == "begin" else "end"
        return Type(kind, repeats=section["kind"].lower() != "group")
    if _FROM_ELSEWHERE.fullmatch(words):
        return Type("unknown", refused="choices from a file or from other answers are not carried over")
    if select := _SELECT.fullmatch(words):
        one = select["kind"].lower().replace("_", " ") in {"select1", "select one"}
        return Type("one" if one else "multiple", select["list"], or_other=select["other"] is not None)
    name = words.lower()
    if prompt := _PROMPT.fullmatch(name):
        name = prompt["a"] or prompt["q"]
    if name in _SIMPLE:
        return Type(_SIMPLE[name])
    first = name.split()[0] if name else ""
    reason = _REASONS.get(name) or _REASONS.get(first)
    return Type("unknown", refused=reason or (f"the type {shown(words)} is not known" if words else "it has no type"))
