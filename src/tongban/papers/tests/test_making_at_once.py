"""Two that ask for a paper at the same moment get the same one."""

import threading

from django.db import connection

from tongban.kernel.ids import CaseId
from tongban.kernel.keys import new_key
from tongban.papers import commands
from tongban.papers.tests.sheets import a_sheet


def test_all_get_the_one_that_was_kept(transactional_db):
    owner, key, answers = CaseId(int.from_bytes(new_key()[:5])), new_key(), []

    def make():
        answers.append(commands.make(a_sheet(), owner=owner, seq=1, key=key, withdrawn_at=None))
        connection.close()

    threads = [threading.Thread(target=make) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len(answers) == 3
    assert len(set(answers)) == 1
