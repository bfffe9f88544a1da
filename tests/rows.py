"""What a test must know of a row that a page names in its address."""

from tongban.kernel.sql import run


def look_of(number: str) -> int:
    """The first look at a case."""
    rows = run(
        "select min(l.id) from ledger_look l join cases_case c on c.id = l.case_id where c.number = $1::text",
        (number,),
    )
    return int(rows[0][0] or 0)


def contest_of(number: str) -> int:
    """The place in the story of the doubt about a look at this case; 0 where there is none."""
    rows = run(
        "select max(t.seq) from cases_contest t join cases_case c on c.id = t.case_id"
        " where c.number = $1::text",
        (number,),
    )
    return int(rows[0][0] or 0)


def seen_of(certificate: str) -> int:
    """The version of a certificate as it is now."""
    rows = run("select version from certificates_certificate where serial = $1::text", (certificate[:16],))
    return int(rows[0][0])


def material_of(number: str) -> int:
    """The first file of a case."""
    rows = run(
        "select min(m.id) from cases_material m join cases_case c on c.id = m.case_id"
        " where c.number = $1::text",
        (number,),
    )
    return int(rows[0][0])
