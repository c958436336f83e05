"""Who gives, by bloc: the United States, Europe, all others. Joint money belongs to a bloc where all who pay it do."""

from dataclasses import dataclass
from functools import cached_property

from udcg.book import GIVERS, Book, once
from udcg.shares import GROUP
from udcg.sums import Part, Sum

AMERICA = "US"
EUROPE, OTHERS, JOINT = "EUROPE", "OTHERS", GROUP
BLOCS = [AMERICA, EUROPE, OTHERS, JOINT]
STATES, UNION = "CoE", "union"  # the group of donors, and the kind, that make up Europe: the Council of Europe's members and the EU


@once
def blocs(book: Book) -> dict[str, str]:
    """The bloc of every country and union, by code, from the groups of the table donors."""
    rows = zip(*(book.ledger.donors[column].tolist() for column in ("donor", "kind", "groups")), strict=True)
    return {donor: _bloc(donor, kind, groups) for donor, kind, groups in rows if kind in GIVERS}


@once
def by_bloc(book: Book, part: Sum) -> Sum:
    """Put blocs in the place of donors: the same sum, of which each bloc has what its donors have.

    Money of several donors whose shares are not known is their bloc's where all of them are of one; else it stays with the group, and is
    once in the high of each bloc that has a part in it. What `Sum.by_donor` then gives is indexed by BLOCS.
    """
    return Sum(_Relabelled(book, part).rows)


def _bloc(donor: str, kind: str, groups: str) -> str:
    if donor == AMERICA:
        return AMERICA
    return EUROPE if kind == UNION or STATES in groups.split(";") else OTHERS


@dataclass(frozen=True, eq=False)
class _Relabelled:
    """A sum whose donors are read as blocs."""

    book: Book
    part: Sum

    @cached_property
    def rows(self) -> list[Part]:
        known = [row._replace(donor=bloc, donor_or_partner=bloc) for row in self.part.rows if row.donor for bloc in [self._of(row)]]
        perhaps = {(row.fact, row.whole, self._of(row), row.role): row for row in self.part.rows if not row.donor}
        unknown = [row._replace(donor_or_partner=bloc) for (_, whole, bloc, _), row in perhaps.items() if self._payers.get(whole) != {bloc}]
        return [*known, *unknown]

    @cached_property
    def _payers(self) -> dict[str, set[str]]:
        """The blocs of those who pay the joint money of each whole, their shares not known."""
        found: dict[str, set[str]] = {}
        for row in self.part.rows:
            if not row.donor:
                found.setdefault(row.whole, set()).add(self._of(row))
        return found

    def _of(self, row: Part) -> str:
        if row.donor_or_partner != GROUP:
            return blocs(self.book).get(row.donor_or_partner, JOINT)
        payers = self._payers.get(row.whole, set())
        return next(iter(payers)) if len(payers) == 1 else JOINT
