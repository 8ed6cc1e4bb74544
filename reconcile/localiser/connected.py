"""Which sets have members in common, directly or through other sets."""

from __future__ import annotations

from collections.abc import Iterable


def connected(sets: Iterable[Iterable[int]]) -> list[list[int]]:
    """The numbers of sets that hang together, each group in order, the groups in order of their last ones."""
    home: dict[int, int] = {}
    members: dict[int, set[int]] = {}
    groups: dict[int, list[int]] = {}
    for number, given in enumerate(sets):
        own = set(given)
        met = {home[member] for member in own if member in home}
        # The largest takes up the others, so that nothing is moved more often than it doubles.
        into = max(met, key=lambda place: len(members[place]), default=number)
        gathered = groups.pop(into, [])
        members.setdefault(into, set())
        for place in met - {into}:
            gathered += groups.pop(place)
            own |= members.pop(place)
        new = own - members[into]
        home.update(dict.fromkeys(new, into))
        members[into] |= new
        groups[into] = [*gathered, number]
    return [sorted(group) for group in groups.values()]
