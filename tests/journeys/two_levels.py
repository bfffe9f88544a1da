"""A city whose item one body examines and another decides, and what its pages look like on the way."""

from dataclasses import dataclass

from tests.journeys.people import Account, a_person, on_duty
from tongban.cases.tests.world import World, two_levels
from tongban.catalogue import api as catalogue


@dataclass(frozen=True, slots=True)
class TwoLevels:
    """One item, the street that examines and the district that decides, each with its officers."""

    below: World
    above: World
    resident: Account
    handler: Account
    deciding: Account

    @property
    def slug(self) -> str:
        return self.below.item


def a_city_of_two_levels() -> TwoLevels:
    """The minimum living allowance at two fresh bodies, with people who can sign in."""
    below, above = two_levels("minimum-living")
    # Pages hold the catalogue for two seconds, and a browser that is lent comes sooner.
    catalogue.forget()
    return TwoLevels(below, above, a_person(), on_duty(below.handler), on_duty(above.handler))
