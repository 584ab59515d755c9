"""SurveyJS's `visibleIf` becomes a condition: comparisons of questions with values, `and`, `or`, brackets."""

import re

from assessment.questionnaire.finding import shown
from assessment.questionnaire.importers.conditions import Condition, NotCarried
from assessment.questionnaire.importers.expressions import LONGEST, Parser, Token

_PIECES = re.compile(
    r"\s*(?:"
    r"\{(?P<name>[^{}]*)\}"
    r"|'(?P<single>(?:[^'\\]|\\.)*)'"
    r'|"(?P<double>(?:[^"\\]|\\.)*)"'
    r"|(?P<number>-?\d+(?:\.\d+)?)(?![A-Za-z0-9])"
    r"|(?P<sign><=|=<|>=|=>|==|=|!=|<>|<|>|\*=|&&|\|\||!)"
    r"|(?P<bracket>[()\[\],])"
    r"|(?P<word>[A-Za-z][A-Za-z0-9_]*)"
    r"|(?P<other>\S)"
    r")",
    re.DOTALL,
)

_OPS = {
    "<=": "<=",
    "=<": "<=",
    "lessorequal": "<=",
    ">=": ">=",
    "=>": ">=",
    "greaterorequal": ">=",
    "==": "=",
    "=": "=",
    "equal": "=",
    "equals": "=",
    "!=": "!=",
    "<>": "!=",
    "notequal": "!=",
    "notequals": "!=",
    "<": "<",
    "less": "<",
    ">": ">",
    "greater": ">",
    "*=": "includes",
    "contains": "includes",
    "contain": "includes",
    "notcontains": "excludes",
    "notcontain": "excludes",
    "anyof": "anyof",
    "allof": "allof",
}
_WORDS = {word: Token("op", op) for word, op in _OPS.items()} | {
    "and": Token("and", "and"),
    "&&": Token("and", "&&"),
    "or": Token("or", "or"),
    "||": Token("or", "||"),
    "!": Token("not", "!"),
    "negate": Token("not", "negate"),
    "empty": Token("state", value=False),
    "notempty": Token("state", value=True),
    "true": Token("value", value=True),
    "false": Token("value", value=False),
    "null": Token("value", ""),
    "undefined": Token("value", ""),
}


def condition(expression: str) -> Condition:
    """Give the condition of an expression; raises `NotCarried` for what it calculates, calls or compares otherwise."""
    if len(expression) > LONGEST:
        raise NotCarried(f"it is longer than {LONGEST} characters")
    return Parser(_tokens(expression), empty_calls=frozenset(), not_takes_all=True).condition()


def _tokens(expression: str) -> list[Token]:
    found: list[Token] = []
    for piece in _PIECES.finditer(expression.rstrip()):
        kind, words = str(piece.lastgroup), piece[str(piece.lastgroup)]
        match kind:
            case "name":
                found.append(_name(words.strip()))
            case "single" | "double":
                found.append(Token("value", re.sub(r"\\(.)", r"\1", words, flags=re.DOTALL)))
            case "number":
                found.append(Token("value", float(words)))
            case "bracket":
                found.append(Token(words, words))  # type: ignore[arg-type] # one of the kinds, by the pattern
            case "word" | "sign":
                found.append(_word(words, expression[piece.end() : piece.end() + 1]))
            case _:
                raise NotCarried(f"{shown(words)} in it is not read")
    return found


def _name(name: str) -> Token:
    if not name or name.startswith(("#", "$")):
        raise NotCarried(f"{shown('{' + name + '}')} in it is not read")
    return Token("name", name)


def _word(words: str, following: str) -> Token:
    word = words.lower()
    if word in _WORDS:
        return _WORDS[word]
    return Token("call" if following == "(" else "value", words)
