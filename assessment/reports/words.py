"""Small English: numbers, lists and plurals as sentences need them."""

from collections.abc import Sequence

_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


def number_word(number: int) -> str:
    """Write a small number as a word, a larger one in digits: `four`, `13`."""
    return _NUMBERS[number] if 0 <= number < len(_NUMBERS) else str(number)


def counted(number: int, one: str, many: str | None = None) -> str:
    """Write a number with what it counts: `1 team`, `5 teams`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def listed(parts: Sequence[str], joint: str = "and") -> str:
    """Join parts as a sentence lists them: `A`, `A and B`, `A, B and C`."""
    if len(parts) < 2:  # noqa: PLR2004 - one part needs no joint
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {joint} {parts[-1]}"


def capitalised(sentence: str) -> str:
    """Give a sentence with a capital first letter, all else as it is."""
    return sentence[:1].upper() + sentence[1:]
