"""How far a shown mean narrows a hidden part of it down: interval arithmetic over one equation.

A mean of hidden parts leaves of each what the others leave it: it is at most what it would be had all others the lowest
value, at least what it would be had they the highest. With `above` the weighted sum of what the parts lie above their
lowest value and `under` that of what they lie under their highest, a part of weight w lies at most `above` / w over its
lowest value and at most `under` / w below its highest.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

# What a shown mean leaves of the scale, of a team's own dimension and of several units together. Several means leave
# less than each of them: a quarter, as the audit finds.
LEFT = 0.4
LEFT_TOGETHER = 0.35

_DUST = 1e-12

Ends = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Part:
    """A hidden score in a mean that is shown: its weight there, its value and the length of its scale.

    `ends` are those between which it is known to lie already.
    """

    name: str
    weight: float
    value: float
    ends: Ends
    scale: float
    people: int = 0

    @property
    def room(self) -> float:
        """How far apart its ends are, weighted."""
        return self.weight * (self.ends[1] - self.ends[0])

    @property
    def whole(self) -> float:
        """The length of its scale, weighted."""
        return self.weight * self.scale

    @property
    def above(self) -> float:
        """How far it lies above its lowest value, weighted."""
        return self.weight * (self.value - self.ends[0])

    @property
    def under(self) -> float:
        """How far it lies under its highest value, weighted."""
        return self.weight * (self.ends[1] - self.value)


@dataclass(frozen=True, slots=True)
class Bundle:
    """A hidden unit as a part of a mean above it, or a shown one as a part of itself.

    `parts` are the hidden teams in it, those in its hidden units `inner` among them; `room` is the length of its scale,
    weighted. It is `whole` where no score in it is shown.
    """

    room: float
    parts: tuple[Part, ...]
    inner: tuple["Bundle", ...]
    whole: bool

    def walk(self) -> Iterator["Bundle"]:
        """Give the hidden units in it."""
        for bundle in self.inner:
            yield bundle
            yield from bundle.walk()


@dataclass(frozen=True, slots=True)
class _Sum:
    """What is known of some parts together."""

    above: float
    under: float

    @classmethod
    def of(cls, parts: Sequence[Part]) -> "_Sum":
        return cls(sum(part.above for part in parts), sum(part.under for part in parts))

    def without(self, part: Part) -> "_Sum":
        return _Sum(self.above - part.above, self.under - part.under)

    def left(self, room: float) -> float:
        """Give how much of some parts' room is left to them."""
        return min(room, self.above) - max(0.0, room - self.under)


def between(parts: Sequence[Part], name: str) -> Ends:
    """Give the ends between which a part lies, by the shown mean of all."""
    part = next(part for part in parts if part.name == name)
    whole = _Sum.of(parts)
    low, high = part.ends
    return max(low, high - whole.under / part.weight), min(high, low + whole.above / part.weight)


def leaves_enough(bundle: Bundle) -> bool:
    """Whether a shown unit's mean leaves enough of the scale to all that is hidden in it.

    So to whoever knows one team's page: to its own members, of a hidden unit what others hide in it.
    """
    parts = bundle.parts
    whole = _Sum.of(parts)
    worst = _worst(parts)
    return all(
        all(
            known.left(part.room) >= LEFT_TOGETHER * part.whole
            for known in (whole, *(whole.without(other) for other in worst if other.name != part.name))
        )
        for part in parts
    ) and all(_leaves_enough_of(inner, whole, parts) for inner in bundle.walk())


def leaves_enough_of_parts(parts: Sequence[Part]) -> bool:
    """Whether a team's shown dimension leaves enough of its scale to each of its children, all of them hidden."""
    whole = _Sum.of(parts)
    return all(whole.left(part.room) >= LEFT * part.whole for part in parts)


def leaves_enough_beside(children: Sequence[Bundle]) -> bool:
    """Whether a unit's shown dimension leaves enough of the scale to each of its children that is hidden.

    Each is given with the hidden teams behind it.
    """
    children = [child for child in children if child.parts]
    whole = _Sum.of([part for child in children for part in child.parts])
    insiders = {part.name for child in children for part in child.parts}
    return all(_leaves_enough_beside(children, whole, insider) for insider in (None, *insiders))


def _leaves_enough_beside(children: Sequence[Bundle], whole: _Sum, insider: str | None) -> bool:
    for child in children:
        for part in child.parts:
            if part.name == insider:
                whole = whole.without(part)
    for child in children:
        others = [part for part in child.parts if part.name != insider]
        inside = len(others) < len(child.parts)
        needed = sum(part.whole for part in others) if inside else child.room
        if others and whole.left(sum(part.room for part in others)) < LEFT_TOGETHER * needed:
            return False
    return True


def left_beside(children: Sequence[Bundle], child: Bundle) -> float:
    """Give how much of its room a unit's shown dimension leaves to one of its hidden children."""
    whole = _Sum.of([part for other in children for part in other.parts])
    return whole.left(sum(part.room for part in child.parts))


def _leaves_enough_of(inner: Bundle, whole: _Sum, parts: Sequence[Part]) -> bool:
    inside = {part.name for part in inner.parts}
    if not inside:
        return False
    room = sum(part.room for part in inner.parts)
    outside = _worst([part for part in parts if part.name not in inside])
    of_others = (whole, *(whole.without(part) for part in outside))
    needed = sum(part.whole for part in inner.parts)
    return all(left.left(room) >= LEFT_TOGETHER * inner.room for left in of_others) and (
        len(inside) == 1
        or all(
            whole.without(part).left(room - part.room) >= LEFT_TOGETHER * (needed - part.whole) for part in inner.parts
        )
    )


def _worst(parts: Sequence[Part]) -> list[Part]:
    """Give those whose own pages say most about the others: the two largest by each measure."""
    found: dict[str, Part] = {}
    for measure in (lambda part: part.above, lambda part: part.under, lambda part: part.weight):
        found |= {part.name: part for part in sorted(parts, key=measure)[-2:]}
    return list(found.values())
