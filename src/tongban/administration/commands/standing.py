"""How things stand, as values that rules can judge."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date

from tongban.administration.rules.shape import BodyAt, HeldAt, PersonAt, RegionAt, Seat, Shape
from tongban.directory import api as directory
from tongban.kernel.access import Deed, Thing, Viewer, allow, allowed
from tongban.kernel.ids import OfficerId, RegionCode


def shape_now(today: date) -> Shape:
    """The whole shape of the government. Six statements, however large it is."""
    posts = directory.posts()
    seats = {one.id: Seat(one.body, one.title) for one in posts}
    held: defaultdict[OfficerId, list[HeldAt]] = defaultdict(list)
    for one in directory.tenures():
        held[one.officer].append(HeldAt(seats[one.post], one.since, one.until))
    return Shape(
        regions={one.code: RegionAt(one.code, one.name, one.parent or "") for one in directory.regions()},
        bodies={
            one.code: BodyAt(one.code, one.name, one.region, str(one.kind), one.closed_on)
            for one in directory.bodies()
        },
        posts={Seat(one.body, one.title): one.roles for one in posts},
        people={one.id: PersonAt(one.id, one.name, one.number) for one in directory.people()},
        held={officer: tuple(each) for officer, each in held.items()},
        suspended=directory.suspensions(today),
    )


def reach_of(by: Viewer) -> Callable[[RegionCode], bool]:
    """Whether a region is somebody's to administer."""
    return lambda region: allowed(by, Deed.ADMINISTER, Thing(region=region))


def allow_all(by: Viewer, regions: Iterable[RegionCode]) -> None:
    """Refused unless every one of these is theirs to administer, and anything at all is."""
    own = by.officer.region if by.officer else None
    for region in {own, *regions}:
        allow(by, Deed.ADMINISTER, Thing(region=region))
