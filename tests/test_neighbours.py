"""Who somebody is, is asked of the registers of the demonstration, through the one door and on record."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings

from tongban.demo.people import enterprises, residents
from tongban.exchange import api as exchange
from tongban.kernel.keys import ring
from tongban.kernel.refusal import Refusal
from tongban.site import neighbours

NOON = datetime(2026, 3, 9, 4, 0, tzinfo=UTC)


@pytest.fixture
def registers(transactional_db: None) -> neighbours.AskedRegisters:
    exchange.publish([Path(settings.PACKS)], at=NOON)
    return neighbours.AskedRegisters()


def test_everybody_of_the_demonstration_is_in_the_population_register_and_each_asking_is_on_record(
    registers: neighbours.AskedRegisters,
) -> None:
    people = residents(1)
    assert all(registers.is_named(one.id_number, one.name, at=NOON) for one in people)
    assert not registers.is_named(people[0].id_number, people[1].name, at=NOON)
    assert not registers.is_named("510104199001010019", "张三丰", at=NOON)
    rows = exchange.askings_about(ring().person_key("person", people[0].id_number))
    # Others ask about the same people, for their cases.
    assert [row.at for row in rows if row.purpose == "实名核验"] == [NOON] * 2


def test_every_enterprise_of_the_demonstration_is_represented_by_its_agent(
    registers: neighbours.AskedRegisters,
) -> None:
    for one in enterprises(1, residents(1)):
        found = registers.represented(one.code, at=NOON)
        assert found is not None
        assert (found.name, found.representative, found.representative_id) == (
            one.name,
            one.agent.name,
            one.agent.id_number,
        )
    assert registers.represented("91440700MA0000002C", at=NOON) is None


class Away:
    """A register that does not answer."""

    def ask(self, question: exchange.Question, /) -> exchange.Answer:
        raise exchange.RegisterAway


def test_a_register_that_is_away_is_a_refusal_that_says_to_come_back(transactional_db: None) -> None:
    exchange.supply({"population": Away()})
    try:
        with pytest.raises(Refusal, match=r"identity\.register\.away") as refusal:
            neighbours.AskedRegisters().is_named("510104199001010019", "张三丰", at=NOON)
    finally:
        exchange.supply({})
    assert refusal.value.status == 503


def test_outside_a_demonstration_no_code_is_shown_and_nobody_pretends_to_send_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(settings, "DEMONSTRATION", False)
    with pytest.raises(Refusal, match=r"identity\.code\.no-sender"):
        neighbours.send_code("13812345678", "123456")
