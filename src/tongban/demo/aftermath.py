"""What becomes of a certificate after its grant: taken back, suspended for a while or for good, changed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from tongban.certificates import api as certificates
from tongban.demo import texts
from tongban.demo.clockwork import Deed
from tongban.demo.going import Going
from tongban.demo.hours import Hours
from tongban.kernel.access import Viewer

LOOKED_INTO_AFTER: Final = 15
MENDED_AFTER: Final = 8
ANSWERED_AFTER: Final = 1
"""Working days."""


@dataclass(frozen=True, slots=True)
class Aftermath:
    """A certificate, the officer who deals with it, and the leader who agrees."""

    going: Going
    handler: Viewer
    leader: Viewer

    def deeds(self, at: datetime, hours: Hours) -> Iterator[tuple[datetime, Deed]]:
        """What is done to it, and when, by its fate."""
        moment = self.going.fate.moment
        first = hours.later(at, LOOKED_INTO_AFTER, moment)
        match self.going.fate.certificate:
            case "revoked":
                yield first, self._ask_revocation
                yield hours.later(first, ANSWERED_AFTER, moment), self._approve_revocation
            case "suspended":
                yield first, self._suspend
            case "restored":
                yield first, self._suspend
                yield hours.later(first, MENDED_AFTER, moment), self._restore
            case "changed":
                yield first, self._change

    def _number(self, at: datetime) -> str:
        case = self.going.case
        assert case is not None
        return certificates.of_case(case, self.handler, at=at)[0].number

    def _ask_revocation(self, at: datetime) -> None:
        certificates.ask_revocation(
            self._number(at), seen=None, by=self.handler, at=at, ground="unlawful-grant", text=texts.UNLAWFUL
        )

    def _approve_revocation(self, at: datetime) -> None:
        certificates.approve_revocation(self._number(at), seen=None, by=self.leader, at=at)

    def _suspend(self, at: datetime) -> None:
        certificates.suspend(self._number(at), seen=None, by=self.handler, at=at, text=texts.SUSPENDED)

    def _restore(self, at: datetime) -> None:
        certificates.restore(self._number(at), seen=None, by=self.handler, at=at, text=texts.RESTORED)

    def _change(self, at: datetime) -> None:
        """The place has moved, where one is printed."""
        type_, nth = self.going.item.certificate or {}, self.going.nth
        label = next((one["label"] for one in type_["elements"] if one.get("element") in _PLACES), None)
        if label is not None:
            lines = {label: f"成都市锦江区新址路 {nth} 号（演示）"}
            number = self._number(at)
            certificates.change(number, seen=None, by=self.handler, at=at, lines=lines, text=texts.CHANGED)


_PLACES: Final = {"business-place", "domicile", "living-address"}
