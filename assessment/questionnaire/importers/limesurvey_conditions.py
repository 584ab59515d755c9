"""LimeSurvey's relevance becomes a condition: comparisons of questions with values, `and`, `or`, `!`, brackets."""

import re
from collections.abc import Mapping

from assessment.questionnaire.finding import shown
from assessment.questionnaire.importers.conditions import (
    Compared,
    Condition,
    Known,
    NotCarried,
    Several,
    ShowIf,
    both,
    show_if,
)
from assessment.questionnaire.importers.expressions import LONGEST, Parser, Token

_PIECES = re.compile(
    r"\s*(?:"
    r"'(?P<single>[^']*)'"
    r'|"(?P<double>[^"]*)"'
    r"|(?P<number>-?\d+(?:\.\d+)?)(?![A-Za-z0-9_])"
    r"|(?P<sign><=|>=|==|!=|<|>|=|&&|\|\||!)"
    r"|(?P<bracket>[(),])"
    r"|(?P<word>[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z]+)*)"
    r"|(?P<other>\S)"
    r")"
)
_OPS = {
    "<=": "<=",
    "le": "<=",
    ">=": ">=",
    "ge": ">=",
    "==": "=",
    "=": "=",
    "eq": "=",
    "!=": "!=",
    "ne": "!=",
    "<": "<",
    "lt": "<",
    ">": ">",
    "gt": ">",
}
_WORDS = {word: Token("op", op) for word, op in _OPS.items()} | {
    "and": Token("and", "and"),
    "&&": Token("and", "&&"),
    "or": Token("or", "or"),
    "||": Token("or", "||"),
    "!": Token("not", "!"),
    "not": Token("not", "not"),
}
_EMPTY = frozenset({"is_empty", "empty"})
_EVEN_HIDDEN = ".NAOK"
_CHECKED = "Y"


def relevance(expression: str, known: Mapping[str, Known], options: Mapping[str, tuple[str, str]]) -> ShowIf | None:
    """Give a condition; None where it always holds. Raises `NotCarried` for what it calculates, calls or assigns.

    `options` tells for the name of each option of a multiple choice the question's name and the option's code.
    """
    words = expression.strip()
    if words.startswith("{") and words.endswith("}"):
        words = words[1:-1].strip()
    if words in {"", "1"}:
        return None
    if words == "0":
        raise NotCarried("it never holds")
    if len(words) > LONGEST:
        raise NotCarried(f"it is longer than {LONGEST} characters")
    only_asked: set[str] = set()
    parser = Parser(_tokens(words, only_asked), empty_calls=_EMPTY, not_takes_all=False)
    made = show_if(_with_options(parser.condition(), options), known)
    for name in sorted(only_asked):  # without .NAOK a hidden question makes all of it false
        question = known.get(options[name][0] if name in options else name)
        made = both(question.show_if if question else None, made) or made
    return made


def _tokens(expression: str, only_asked: set[str]) -> list[Token]:
    found: list[Token] = []
    for piece in _PIECES.finditer(expression.rstrip()):
        kind, words = str(piece.lastgroup), piece[str(piece.lastgroup)]
        match kind:
            case "single" | "double":
                found.append(Token("value", words))
            case "number":
                found.append(Token("value", float(words)))
            case "bracket":
                found.append(Token(words, words))  # type: ignore[arg-type] # one of the kinds, by the pattern
            case "word" | "sign" if words.lower() in _WORDS:
                found.append(_WORDS[words.lower()])
            case "word" if expression[piece.end() :].lstrip().startswith("("):
                found.append(Token("call", words))
            case "word":
                name = words.removesuffix(_EVEN_HIDDEN).removesuffix(".value")
                if name == words.removesuffix(".value"):
                    only_asked.add(name)
                found.append(Token("name", name))
            case _:
                raise NotCarried(f"{shown(words)} in it is not read")
    return found


def _with_options(condition: Condition, options: Mapping[str, tuple[str, str]]) -> Condition:
    """Give a condition in which an option that is checked is one that the answer includes."""
    if isinstance(condition, Several):
        return Several(condition.kind, tuple(_with_options(part, options) for part in condition.parts))
    if condition.name not in options:
        return condition
    question, code = options[condition.name]
    if (condition.op, condition.value) in {("=", _CHECKED), ("answered", True)} and not condition.or_blank:
        return Compared(question, "includes", code)
    raise NotCarried(f"it asks whether {shown(condition.name)} is not among the answers")
