"""People who come to a window, the registers that know them, and an officer who receives them."""

import secrets
from datetime import date, datetime, timedelta
from uuid import uuid4

from stdnum.cn import ric

from tongban.cases import api as cases
from tongban.cases.tests.world import MONDAY, a_credit_code
from tongban.counters import commands
from tongban.counters.queries import ReceptionRow, reception
from tongban.exchange import api as exchange
from tongban.kernel.access import Viewer
from tongban.kernel.keys import ring


def a_number(born: date | None = None) -> str:
    """A resident identity number that is right, and that nobody else in the tests has."""
    born = born or date(1950, 1, 1) + timedelta(days=secrets.randbelow(17_000))
    base = f"510104{born:%Y%m%d}{secrets.randbelow(1000):03d}"
    return base + str(ric.calc_check_digit(f"{base}0"))


class Registers:
    """Population and enterprises next door: whom they know, and whether they answer today."""

    def __init__(self) -> None:
        self.names: dict[bytes, str] = {}
        self.enterprises: dict[bytes, dict[str, str]] = {}
        self.away = False
        self.asked = 0

    def know(self, name: str, number: str) -> str:
        """Register somebody; the number."""
        self.names[ring().person_key("person", number)] = name
        return number

    def found(self, name: str, representative: str, number: str) -> str:
        """Register an enterprise with who represents it; its code."""
        code = a_credit_code(kind="91")
        known = {"name": name, "representative": representative, "representative_id": number}
        self.enterprises[ring().person_key("enterprise", code)] = known
        return code

    def ask(self, question: exchange.Question) -> exchange.Answer:
        """As a register answers."""
        self.asked += 1
        if self.away:
            raise exchange.RegisterAway(question.register)
        if question.asks == "identity" and question.about in self.names:
            return {"name": self.names[question.about]}
        if question.asks == "representative" and question.about in self.enterprises:
            return self.enterprises[question.about]
        raise exchange.NothingKnown(question.asks)


def received(
    registers: Registers,
    clerk: Viewer,
    name: str = "陈奶奶",
    number: str = "",
    enterprise: str = "",
    *,
    at: datetime = MONDAY,
) -> ReceptionRow:
    """Somebody stands at this officer's window."""
    number = number or registers.know(name, a_number())
    arriving = commands.Arriving(name, number, enterprise)
    return reception(commands.receive(uuid4(), arriving, by=clerk, at=at), clerk, at=at)


def beginning(office: str, found: ReceptionRow) -> cases.Beginning:
    """What is said when something is begun for them."""
    return cases.Beginning(office, found.enterprise)
