"""What the programme is made of: treatments as they are offered, therapists as they are listed, rooms."""

from dataclasses import dataclass

from clinic.booking.rules import Booked
from clinic.core.money import Money
from clinic.people.models import Therapist
from clinic.qualifications.rules import Held, Needs
from clinic.treatments.models import Treatment


@dataclass(frozen=True)
class OfferedLength:
    minutes: int
    price: Money


@dataclass(frozen=True, eq=False)
class OfferedTreatment:
    id: int
    slug: str
    name: str
    words: str
    mail_name: str
    is_release: bool
    alternative_id: int | None
    needs: Needs
    lengths: tuple[OfferedLength, ...]
    usual: OfferedLength
    rest_minutes: int
    cleaning_minutes: int
    notice_minutes: int
    horizon_days: int
    grid_minutes: int
    preparation_minutes: int = 0
    packed: bool = False
    assessment_id: int | None = None
    assessment_months: int | None = None
    needs_approval: bool = False
    most_a_day: int | None = None
    deep: bool = False
    deposit_words: str = ""
    room_kinds: frozenset[str] = frozenset()  # all that its room must be fit for
    pair: "Pair | None" = None  # two in one visit: see `booking.pairs`

    @property
    def each(self) -> "tuple[OfferedTreatment, ...]":
        """The treatments that are given: one, or both of a pair."""
        return (self.pair.first, self.pair.second) if self.pair else (self,)

    def minutes_of_each(self, minutes: int) -> tuple[int, ...]:
        return (minutes - self.pair.second_minutes, self.pair.second_minutes) if self.pair else (minutes,)

    def visit(self, minutes: int) -> tuple[Booked, ...]:
        """How it stands in a diary, as if it began at 0."""
        of_each = self.minutes_of_each(minutes)
        return tuple(
            Booked(sum(of_each[:n]), sum(of_each[: n + 1]), one.id, one.is_release, one.deep)
            for n, one in enumerate(self.each)
        )

    def length(self, minutes: int) -> OfferedLength | None:
        return next((length for length in self.lengths if length.minutes == minutes), None)

    def price(self, minutes: int) -> Money:
        """Of any length: that of the longest offered one that fits into it, or of the shortest."""
        return (self.within(minutes) or self.lengths[0]).price

    def within(self, minutes: int) -> OfferedLength | None:
        """The longest length that fits into `minutes`, or None: a release does not fit into 30."""
        return next((length for length in reversed(self.lengths) if length.minutes <= minutes), None)


@dataclass(frozen=True, eq=False)
class Pair:
    """Two treatments given one after the other."""

    first: OfferedTreatment
    second: OfferedTreatment
    second_minutes: int


@dataclass(frozen=True, eq=False)
class ListedTherapist:
    id: int
    slug: str
    name: str
    about: str
    account_id: int | None
    resource_id: int
    held: tuple[Held, ...]
    gender: str | None = None
    deep_minutes_a_day: int | None = None
    releases_apart_minutes: int = 0

    @property
    def initials(self) -> str:
        words = self.name.split()
        return (words[0][:1] + words[-1][:1]).upper() if len(words) > 1 else self.name[:2].upper()

    @property
    def first_name(self) -> str:
        return self.name.split()[0]


@dataclass(frozen=True)
class FittedRoom:
    id: int
    name: str
    location_id: int
    resource_id: int
    kinds: frozenset[str] = frozenset()
    offered: bool = True

    def suits(self, treatment: OfferedTreatment) -> bool:
        """Whether new appointments for this may be in it."""
        return self.offered and treatment.room_kinds <= self.kinds


def treatment_as_offered(row: Treatment, currency: str) -> OfferedTreatment:
    """A row with its lengths as clients are offered it."""
    lengths = tuple(OfferedLength(length.minutes, Money(length.price_minor, currency)) for length in row.lengths)
    usual = next((offered for offered, length in zip(lengths, row.lengths, strict=True) if length.usual), lengths[0])
    return OfferedTreatment(
        id=row.id,
        slug=row.slug,
        name=row.name,
        words=row.words,
        mail_name=row.mail_name,
        is_release=row.is_release,
        alternative_id=row.alternative_id,
        needs=Needs(row.least_level, row.activity, row.training),
        lengths=lengths,
        usual=usual,
        rest_minutes=row.rest_minutes,
        cleaning_minutes=row.cleaning_minutes,
        notice_minutes=row.notice_minutes,
        horizon_days=row.horizon_days,
        grid_minutes=row.grid_minutes,
        preparation_minutes=row.preparation_minutes,
        packed=row.packed,
        assessment_id=row.assessment_id,
        assessment_months=row.assessment_months,
        needs_approval=row.needs_approval,
        most_a_day=row.most_a_day,
        deep=row.deep,
        deposit_words=row.deposit_words,
        room_kinds=frozenset([row.room_kind] if row.room_kind else []),
    )


def therapist_as_listed(row: Therapist, resource_id: int, held: tuple[Held, ...]) -> ListedTherapist:
    return ListedTherapist(
        row.id,
        row.slug,
        row.name,
        row.about,
        row.account_id,
        resource_id,
        held,
        row.gender,
        row.deep_minutes_a_day,
        row.releases_apart_minutes,
    )
