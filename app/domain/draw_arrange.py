"""The order of a draw under constraints: shuffle, then repair, then, if need be, deal evenly.

Part of the algorithm ``plumbline-draw-1``; every choice comes from the stream of ``draw_source``.

1. The line: entries in code point order of their ids, ``shuffled``. Batches are consecutive parts
   of the line; N entries in B batches are N div B each, and one more in the first N mod B. Without
   constraints this is the result, and every order is equally likely.
2. Cost, compared in this order, each 0 where the constraint is not asked for: *sharing*, the pairs
   of one unit within one batch; *touching*, the pairs of one unit next to each other within one
   batch. The least cost is known (``least_sharing``, ``least_touching``).
3. Repair, at most 6 rounds, while the cost is above the least and the last round swapped something:
   for each position p of the line, from the first, that takes part in a counted pair, up to 24
   times q = below(N); as soon as swapping p and q lowers the cost, swap them and leave p.
4. If the cost is still above the least, deal a second line and take it if its cost is lower.
   Groups are the units, an entry without unit being a group by itself, in the order of their first
   entry; shuffle the groups, then in turn the members of each, and put them one after another. Let
   the cycle be the larger batches shuffled, then the others shuffled; card k (from 0) goes to batch
   cycle[k mod B]. Then in turn each batch, its cards in the order dealt, is shuffled; or, where
   touching counts, laid out: of the groups other than the one laid last those with most cards left,
   in the order of their first card, choose below(how many), also when there is only one, and lay
   the last card of that group; when only the group laid last is left, lay from it without a lot.
   Finally, if below(2) is 1, reverse the batch.

A repaired line is not exactly uniform over all permitted ones, but no entry is favoured by name or
number.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from msgspec import Struct

from app.domain.draw_source import LotSource
from app.domain.ids import EntryId

ROUNDS = 6
TRIES = 24


class DrawEntry(Struct, frozen=True, forbid_unknown_fields=True):
    """One entry in the pot and the unit (单位) it must be kept apart from; "" is no unit."""

    entry: EntryId
    unit: str = ""


class Cost(NamedTuple):
    """Pairs of one unit within one batch, and next to each other within one batch."""

    sharing: int
    touching: int


@dataclass(frozen=True, slots=True)
class Terms:
    """The sizes of the batches, and which pairs count."""

    sizes: tuple[int, ...]
    sharing_counts: bool
    touching_counts: bool

    def least(self, members: Counter[str]) -> Cost:
        """A cost no line can be below."""
        sharing = sum(least_sharing(count, len(self.sizes)) for count in members.values())
        touching = sum(least_touching(count, self.sizes) for count in members.values())
        return Cost(sharing * self.sharing_counts, touching * self.touching_counts)


def batch_sizes(entries: int, batches: int) -> tuple[int, ...]:
    """As even as can be, the larger batches first."""
    size, larger = divmod(entries, batches)
    return (size + 1,) * larger + (size,) * (batches - larger)


def least_sharing(members: int, batches: int) -> int:
    """The fewest pairs within a batch when a unit's members are spread over all batches."""
    each, more = divmod(members, batches)
    return batches * (each * (each - 1) // 2) + more * each


def least_touching(members: int, sizes: Sequence[int]) -> int:
    """The fewest neighbouring pairs of one unit, however its members are spread.

    A batch of s takes ceil(s/2) of them apart; one more costs one pair if s is even, else two, and
    every further one two.
    """
    beyond = members - sum((size + 1) // 2 for size in sizes)
    cheap = sum(size % 2 == 0 for size in sizes)
    return max(0, beyond) + max(0, beyond - cheap)


def members_by_unit(entries: Sequence[DrawEntry]) -> Counter[str]:
    """How many entries each unit has; those without a unit are left out."""
    return Counter(entry.unit for entry in entries if entry.unit)


def arrange(source: LotSource, entries: Sequence[DrawEntry], terms: Terms) -> list[DrawEntry]:
    """The line of a draw. ``entries`` are in canonical order."""
    line = Line(source.shuffled(entries), terms)
    if not (terms.sharing_counts or terms.touching_counts):
        return line.entries
    least = terms.least(members_by_unit(entries))
    _repair(line, source, least)
    if line.cost == least:
        return line.entries
    dealt = Line(_deal(source, entries, terms), terms)
    return dealt.entries if dealt.cost < line.cost else line.entries


@dataclass(slots=True)
class Line:
    """A line with its cost kept up to date under swaps."""

    entries: list[DrawEntry]
    terms: Terms
    cost: Cost = field(init=False)
    batch_of: list[int] = field(init=False)
    counts: list[Counter[str]] = field(init=False)

    def __post_init__(self) -> None:
        sizes = self.terms.sizes
        self.batch_of = [batch for batch, size in enumerate(sizes) for _ in range(size)]
        self.counts = [Counter() for _ in sizes]
        for batch, entry in zip(self.batch_of, self.entries, strict=True):
            self.counts[batch][entry.unit] += 1
        self.cost = Cost(
            sum(self.sharing_by_unit().values()) * self.terms.sharing_counts,
            sum(self.touching_by_unit().values()) * self.terms.touching_counts,
        )

    def sharing_by_unit(self) -> Counter[str]:
        pairs: Counter[str] = Counter()
        for counts in self.counts:
            for unit, count in counts.items():
                pairs[unit] += count * (count - 1) // 2 if unit else 0
        return pairs

    def touching_by_unit(self) -> Counter[str]:
        places = range(len(self.entries) - 1)
        return Counter(self.entries[place].unit for place in places if self._touches(place))

    def is_in_a_counted_pair(self, place: int) -> bool:
        unit = self.entries[place].unit
        if not unit:
            return False
        if self.terms.sharing_counts and self.counts[self.batch_of[place]][unit] > 1:
            return True
        return self.terms.touching_counts and (self._touches(place - 1) or self._touches(place))

    def swap_if_cheaper(self, one: int, other: int) -> bool:
        """Swap two places if that lowers the cost; whether it did."""
        left, right = self.entries[one].unit, self.entries[other].unit
        if left == right:
            return False
        sharing = self.cost.sharing + self._sharing_gained(one, other)
        if sharing > self.cost.sharing:
            return False
        touching = self.cost.touching
        if self.terms.touching_counts:
            nearby = {one - 1, one, other - 1, other}
            touching -= sum(map(self._touches, nearby))
            self._exchange(one, other)
            touching += sum(map(self._touches, nearby))
        else:
            self._exchange(one, other)
        if (sharing, touching) >= self.cost:
            self._exchange(one, other)
            return False
        for place, gone, come in ((one, left, right), (other, right, left)):
            counts = self.counts[self.batch_of[place]]
            counts[gone] -= 1
            counts[come] += 1
        self.cost = Cost(sharing, touching)
        return True

    def _exchange(self, one: int, other: int) -> None:
        entries = self.entries
        entries[one], entries[other] = entries[other], entries[one]

    def _touches(self, place: int) -> bool:
        """Whether this place and the next hold the same unit within one batch."""
        if not 0 <= place < len(self.entries) - 1:
            return False
        unit = self.entries[place].unit
        same_unit = bool(unit) and unit == self.entries[place + 1].unit
        return same_unit and self.batch_of[place] == self.batch_of[place + 1]

    def _sharing_gained(self, one: int, other: int) -> int:
        here, there = self.batch_of[one], self.batch_of[other]
        if here == there or not self.terms.sharing_counts:
            return 0
        gained = 0
        for unit, left, joined in (
            (self.entries[one].unit, here, there),
            (self.entries[other].unit, there, here),
        ):
            if unit:
                gained += self.counts[joined][unit] - (self.counts[left][unit] - 1)
        return gained


def _repair(line: Line, source: LotSource, least: Cost) -> None:
    places = range(len(line.entries))
    for _ in range(ROUNDS):
        before = line.cost
        if before == least:
            return
        for place in places:
            if line.is_in_a_counted_pair(place):
                for _ in range(TRIES):
                    if line.swap_if_cheaper(place, source.below(len(places))):
                        break
        if line.cost == before:
            return


def _deal(source: LotSource, entries: Sequence[DrawEntry], terms: Terms) -> list[DrawEntry]:
    groups = source.shuffled(_groups_of(entries))
    cards = [card for group in groups for card in source.shuffled(group)]
    batches = len(terms.sizes)
    larger = len(entries) % batches
    cycle = source.shuffled(range(larger)) + source.shuffled(range(larger, batches))
    hands: list[list[DrawEntry]] = [[] for _ in terms.sizes]
    for index, card in enumerate(cards):
        hands[cycle[index % batches]].append(card)
    settle = _lay_apart if terms.touching_counts else _mix
    return [card for hand in hands for card in settle(source, hand)]


def _mix(source: LotSource, hand: list[DrawEntry]) -> list[DrawEntry]:
    return source.shuffled(hand)


def _lay_apart(source: LotSource, hand: list[DrawEntry]) -> list[DrawEntry]:
    """Lay a batch out with as few neighbours of one unit as it allows."""
    groups = _groups_of(hand)
    laid: list[DrawEntry] = []
    last: list[DrawEntry] | None = None
    while len(laid) < len(hand):
        others = [group for group in groups if group is not last]
        most = max(map(len, others), default=0)
        if most:
            fullest = [group for group in others if len(group) == most]
            last = fullest[source.below(len(fullest))]
        assert last is not None
        laid.append(last.pop())
    return laid[::-1] if source.below(2) else laid


def _groups_of(entries: Sequence[DrawEntry]) -> list[list[DrawEntry]]:
    groups: dict[tuple[str, str], list[DrawEntry]] = defaultdict(list)
    for entry in entries:
        groups[(entry.unit, "" if entry.unit else entry.entry)].append(entry)
    return list(groups.values())
