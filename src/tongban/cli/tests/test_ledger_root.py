"""`tongban ledger verify`: what is signed must be the root of what is served."""

from tongban.cli.tests.served_log import FAULT, LOG_KEY, ORIGIN, City
from tongban.engine.tlog import Checkpoint, sign_checkpoint


def test_a_signed_root_that_the_entries_do_not_give_is_a_fault(city: City) -> None:
    city.log.write("checkpoint", sign_checkpoint(Checkpoint(ORIGIN, 700, bytes(32)), LOG_KEY))
    code, said = city.verify()
    assert code == FAULT
    assert "the 700 entries served do not give the signed root" in said
