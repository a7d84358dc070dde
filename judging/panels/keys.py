"""The conflict keys of a seat: they meet those of a blind copy where the judge must not read."""

from collections.abc import Iterable, Mapping

from django.db.models import Exists

from essays.anonymity.keys import conflict_key
from essays.contests.models import Contest
from essays.people.models import Institution
from judging.panels.models import DeclaredConflict, Seat
from judging.rubrics.models import JudgingRules


def keys_of(seat: Seat) -> frozenset[str]:
    """Keys of one seat: institutions and those above them, own addresses, the account, declared people; municipalities
    where the rules shun them.
    """
    return keys_of_seats(seat.contest, [seat])[seat.pk]


def keys_of_seats(
    contest: Contest, seats: Iterable[Seat], declared: Mapping[int, Iterable[str]] | None = None
) -> dict[int, frozenset[str]]:
    """Keys of several seats of one contest by seat id, in three queries (plus one a level of branches from the third).

    ``declared``: the keys of declared people by seat id, where the caller has read them already.
    """
    seats = list(seats)
    ids = [seat.pk for seat in seats]
    found: dict[int, set[str]] = {pk: set() for pk in ids}
    addresses = _own_addresses(seats)
    for seat in seats:
        found[seat.pk].add(email_key(contest, seat.email))
        if seat.user_id is not None:
            found[seat.pk].add(conflict_key(contest, "user", str(seat.user_id)))
            found[seat.pk].add(email_key(contest, addresses[seat.pk]))
    shunned = JudgingRules.objects.filter(contest=contest, shun_municipality=True)
    works_at = Seat.institutions.through.objects.filter(seat_id__in=ids).values_list(
        "seat_id",
        "institution_id",
        "institution__municipality_id",
        "institution__parent_id",
        "institution__parent__parent_id",
        Exists(shunned),
    )
    pairs: list[tuple[int, int]] = []
    parents: dict[int, int | None] = {}
    for seat_id, institution, municipality, parent, grandparent, shuns in works_at:
        pairs.append((seat_id, institution))
        parents[institution] = parent
        if parent is not None:
            parents[parent] = grandparent
        if shuns:
            found[seat_id].add(conflict_key(contest, "municipality", str(municipality)))
    above = _above({institution for _, institution in pairs}, parents)
    merged = _merged({*above, *(one for chain in above.values() for one in chain)})
    for seat_id, institution in pairs:
        own = (institution, *above[institution])
        for one in (*own, *(old for place in own for old in merged[place])):
            found[seat_id].add(conflict_key(contest, "institution", str(one)))
    if declared is None:
        for seat_id, key in DeclaredConflict.objects.filter(seat_id__in=ids).values_list("seat_id", "key"):
            found[seat_id].add(key)
    else:
        for seat_id in ids:
            found[seat_id].update(declared.get(seat_id, ()))
    return {pk: frozenset(keys) for pk, keys in found.items()}


def _own_addresses(seats: Iterable[Seat]) -> dict[int, str]:
    """Addresses of the accounts by seat id; asked of the database only where accounts were not read with seats."""
    seats = [seat for seat in seats if seat.user_id is not None]
    known = {seat.pk: seat.user.email for seat in seats if Seat.user.is_cached(seat) and seat.user}
    unknown = [seat.pk for seat in seats if seat.pk not in known]
    if unknown:
        known |= dict(Seat.objects.filter(pk__in=unknown).values_list("pk", "user__email").order_by())
    return known


def email_key(contest: Contest, email: str) -> str:
    """The key of a person known by an address; case and surrounding blanks do not count."""
    return conflict_key(contest, "email", email.strip().lower())


def _merged(institutions: set[int]) -> dict[int, list[int]]:
    """What else each was called: institutions that turned out to be it. Copies made before carry the old keys."""
    found: dict[int, list[int]] = {one: [] for one in institutions}
    if institutions:
        old = Institution.objects.filter(merged_into__in=institutions).values_list("merged_into_id", "pk")
        for institution, before in old.order_by():
            found[institution].append(before)
    return found


def _above(institutions: set[int], parents: dict[int, int | None]) -> dict[int, list[int]]:
    """The institutions above each, nearest first; a ring made by mistake ends where it closes.

    ``parents``: what is known of who stands above whom; asked for only further up.
    """
    while asked := {parent for parent in parents.values() if parent is not None} - parents.keys():
        parents |= dict(Institution.objects.filter(pk__in=asked).values_list("pk", "parent_id"))
    chains: dict[int, list[int]] = {}
    for institution in institutions:
        chain: list[int] = []
        parent = parents.get(institution)
        while parent is not None and parent not in chain and parent != institution:
            chain.append(parent)
            parent = parents.get(parent)
        chains[institution] = chain
    return chains
