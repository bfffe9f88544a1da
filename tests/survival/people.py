"""Run inside the installation: opens accounts and prints who they are and their tokens, as JSON."""

import json
from dataclasses import asdict, dataclass

from tongban.cli.installation import wake_django

RESIDENTS, HANDLERS_OF_A_QUEUE = 4, 2
ITEM = "food-operation-licence"


@dataclass(frozen=True, slots=True)
class People:
    """Tokens; the officers' by the queue they serve."""

    residents: list[str]
    regions: list[str]
    officers: list[tuple[str, str]]


def main() -> None:
    """Open the accounts."""
    wake_django()
    from tongban.cases.tests.programs import an_account
    from tongban.cases.tests.world import a_resident, an_officer
    from tongban.catalogue import api as catalogue
    from tongban.identity import api as identity
    from tongban.kernel.access import Role, Viewer
    from tongban.kernel.clock import now
    from tongban.kernel.ids import ItemCode

    def token(viewer: Viewer) -> str:
        return identity.create_token(an_account(viewer), at=now())

    item = catalogue.item(ItemCode(ITEM))
    officers = [
        (
            str(catalogue.queue_of(item, office.body)),
            token(an_officer(office.body, Role.HANDLER, Role.WINDOW)),
        )
        for office in item.offices
        for _ in range(HANDLERS_OF_A_QUEUE)
    ]
    residents = [token(a_resident()) for _ in range(RESIDENTS)]
    print(json.dumps(asdict(People(residents, [office.region for office in item.offices], officers))))


if __name__ == "__main__":
    main()
