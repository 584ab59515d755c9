"""XLSForm's expressions: `relevant` becomes a condition, `constraint` the bounds of an answer.

Read are comparisons of `${q}` with a value, `selected(${q}, 'x')`, `count-selected(${q})` compared with none, joined by
`and`, `or`, `not()` and brackets. A condition half understood would ask a question of the wrong people, so everything
else is refused with the reason.
"""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass

from assessment.questionnaire.finding import shown
from assessment.questionnaire.importers.conditions import (
    MOST_NUMBER,
    Compared,
    Condition,
    Known,
    NotCarried,
    Several,
)
from assessment.questionnaire.importers.expressions import LONGEST, Parser, Token

_ITSELF, _CHOSEN = ".", "count-selected(.)"  # what a constraint speaks of: the answer, and how many options it has
_MULTIPLE = "multiple"

_PIECES = re.compile(
    r"""\s*(?:
      selected\s*\(\s*\$\{\s*(?P<of>[^\s{}]+)\s*\}\s*,\s*(?:'(?P<chosen>[^']*)'|"(?P<chosen2>[^"]*)")\s*\)
    | count-selected\s*\(\s*\$\{\s*(?P<some>[^\s{}]+)\s*\}\s*\)\s*(?:>\s*0|>=\s*1|!=\s*0)(?![0-9.])
    | count-selected\s*\(\s*\$\{\s*(?P<none>[^\s{}]+)\s*\}\s*\)\s*(?:=\s*0|<\s*1|<=\s*0)(?![0-9.])
    | (?P<count>count-selected\s*\(\s*\.\s*\))
    | \$\{\s*(?P<name>[^\s{}]+)\s*\}
    | '(?P<single>[^']*)' | "(?P<double>[^"]*)"
    | (?P<number>-?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+))(?![\w.])
    | (?P<op><=|>=|!=|=|<|>)
    | (?P<itself>\.)
    | (?P<bracket>[(),])
    | (?P<word>[A-Za-z_][\w.:-]*)
    | (?P<other>\S)
    )""",
    re.VERBOSE,
)
_JOINING = {"and", "or", "not"}
_STRAIGHT = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"'})


@dataclass(slots=True)
class Bounds:
    """The least and the most that a constraint allows; `widened`: it leaves out a bound itself, these take it in."""

    least: float | None = None
    most: float | None = None
    widened: bool = False

    def narrow(self, op: str, value: float, step: int) -> None:
        """Take one more bound; `step` is what lies between two possible answers, 0 where there is always one more."""
        self.widened = self.widened or (op in {"<", ">"} and not step)
        if op in {">", ">=", "="}:
            least = value + step if op == ">" else value
            self.least = least if self.least is None else max(self.least, least)
        if op in {"<", "<=", "="}:
            most = value - step if op == "<" else value
            self.most = most if self.most is None else min(self.most, most)


def condition(expression: str, known: Mapping[str, Known]) -> Condition:
    """Give the condition of an expression; raises `NotCarried` for what cannot be read or said here.

    `known` tells which questions take several answers: of these, `selected` asks something else than of the others.
    """
    return _parsed(expression, known)


def bounds(expression: str, *, whole: bool, counted: bool) -> Bounds:
    """Give the bounds in a constraint such as `. >= 18 and . <= 120`; where `counted`, those of `count-selected(.)`."""
    found = Bounds()
    parsed = _parsed(expression, {})
    if isinstance(parsed, Several) and (parsed.kind == "any" or any(isinstance(p, Several) for p in parsed.parts)):
        raise NotCarried("it is no range")
    for comparison in _comparisons(parsed):
        value = comparison.value
        if comparison.name != (_CHOSEN if counted else _ITSELF):
            raise NotCarried("it is no range of the answer itself")
        if not isinstance(value, float) or comparison.op == "!=" or abs(value) > MOST_NUMBER:
            raise NotCarried("it is no range of numbers")
        op = comparison.op
        if (whole or counted) and not value.is_integer():
            op, value = _next_whole(op, value)
        found.narrow(op, value, 1 if whole or counted else 0)
    if found.least is not None and found.most is not None and found.least > found.most:
        raise NotCarried("no answer fulfils it")
    return found


def _next_whole(op: str, value: float) -> tuple[str, float]:
    """Give the same bound of whole numbers, where it lies between two of them."""
    if op == "=":
        raise NotCarried("no answer fulfils it")
    return (">=", float(math.ceil(value))) if ">" in op else ("<=", float(math.floor(value)))


def _parsed(expression: str, known: Mapping[str, Known]) -> Condition:
    if len(expression) > LONGEST:
        raise NotCarried(f"it is longer than {LONGEST} characters")
    tokens: list[Token] = []
    expression = expression.translate(_STRAIGHT).rstrip()
    for piece in _PIECES.finditer(expression):
        tokens += _tokens(piece, known)
    return Parser(tokens, empty_calls=frozenset(), not_takes_all=False).condition()


def _tokens(piece: re.Match[str], known: Mapping[str, Known]) -> list[Token]:
    kind = str(piece.lastgroup)
    words = piece[kind]
    if kind in {"chosen", "chosen2"}:
        question = known.get(piece["of"])
        op = "includes" if question and question.type == _MULTIPLE else "="
        return [_OPEN, Token("name", piece["of"]), Token("op", op), Token("value", words), _CLOSE]
    if kind in {"some", "none"}:
        return [_OPEN, Token("name", words), Token("state", kind == "some"), _CLOSE]
    return [_token(kind, words)]


def _token(kind: str, words: str) -> Token:
    match kind:
        case "count" | "itself":
            return Token("name", _CHOSEN if kind == "count" else _ITSELF)
        case "name" | "op":
            return Token(kind, words)
        case "single" | "double" | "number":
            return Token("value", float(words) if kind == "number" else words)
        case "bracket":
            return {"(": _OPEN, ")": _CLOSE, ",": Token(",", words)}[words]
        case "word":
            return Token(words if words in _JOINING else "call", words)  # type: ignore[arg-type] # one of the kinds
    raise NotCarried(f"{shown(words)} in it is not read")


_OPEN, _CLOSE = Token("(", "("), Token(")", ")")


def _comparisons(found: Condition) -> list[Compared]:
    if isinstance(found, Several):
        return [comparison for part in found.parts for comparison in _comparisons(part)]
    return [found]
