"""Issuing: a certificate for a grant, once; and the next edition of one."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from hashlib import sha256
from typing import Any

import orjson
from django.db import transaction

from tongban.certificates.commands.writing import HERE, Writing, in_hex
from tongban.certificates.events import CertificateIssued
from tongban.certificates.models import aad_of, wrapping
from tongban.certificates.rules.issuing import Content, Order, content_of, new_serial, shown, until
from tongban.certificates.rules.state import CertificateHead, CertificateState
from tongban.engine.codes import made_credit_code
from tongban.identity import api as identity
from tongban.kernel.ids import CertificateId, PersonKey
from tongban.kernel.keys import new_key, ring, seal
from tongban.kernel.sql import load, run


def issue(order: Order, *, at: datetime) -> str:
    """Issue the certificate of a grant; the same grant again gives the same number and writes nothing.

    The caller holds the lock of the case. One that founds an enterprise makes it, with a code and a mandate
    for whoever filed, and is held by it.
    """
    with transaction.atomic():
        found = run(
            "select serial from certificates_certificate"
            " where case_id = $1::bigint and granted = $2::int and edition = 1",
            (order.case, order.granted),
        )
        if found:
            return f"{found[0][0]}-001"
        if order.type["holder"].get("founded"):
            return _issue(_founding(order, at), at, founder=order.filed_by)
        return _issue(order, at)


def _founding(order: Order, at: datetime) -> Order:
    """The order of the enterprise that comes into being with its certificate."""
    names, codes = order.type["holder"]["name"], order.type["holder"]["code"]
    code = made_credit_code("91", order.region[:6])
    name = next((order.answers[element] for element in names if element in order.answers), "")
    enterprise = identity.ensure_enterprise(code, name=name)
    identity.entitle(order.filed_by, enterprise, at=at, since=order.granted_on)
    return replace(order, holder=enterprise, answers={**order.answers, codes[0]: code})


def _issue(order: Order, at: datetime, founder: PersonKey | None = None) -> str:
    [(id,)] = run("select nextval('certificates_certificate_id_seq')")
    version = _version_of(order.type)
    head = CertificateHead(
        id=CertificateId(id),
        serial=new_serial(),
        edition=1,
        type=order.type["slug"],
        type_version=version,
        type_code=order.type["type_code"],
        body=order.body,
        region=order.region,
        holder=order.holder,
        case=order.case,
        granted=order.granted,
        founder=founder,
    )
    row = {
        "type_name": order.type["name"],
        "sample": order.type["sample"],
        "body_name": order.body_name,
        "case_number": order.case_number,
    }
    day = order.granted_on
    validity = until(order.type["validity"], day), until(order.type.get("endorsement"), day)
    return write(head, content_of(order), row, (day, *validity), at=at)


def write(  # noqa: PLR0913 - a certificate says what, of whom, from when, in whose place
    head: CertificateHead,
    content: Content,
    row: Mapping[str, Any],
    days: tuple[date, date | None, date | None],
    *,
    at: datetime,
    before: CertificateHead | None = None,
    by: Any = None,
) -> str:
    """Write a new edition with its one event. `days`: issued on, valid until, endorsed until."""
    writing = Writing(CertificateState(head), new_key())
    plain = in_bytes(content)
    issued_on, valid_until, endorsed_until = days
    writing.record(
        CertificateIssued(
            at=at,
            by=by,
            identifier=head.identifier,
            type=head.type,
            type_version=head.type_version,
            case=row["case_number"],
            granted=head.granted,
            issued_on=issued_on,
            valid_until=valid_until,
            endorsed_until=endorsed_until,
            content=writing.digest("content", plain),
            before=before.identifier if before else None,
        )
    )
    document = writing.as_json(
        **row,
        id=head.id,
        serial=head.serial,
        edition=head.edition,
        before_id=before and before.id,
        type=head.type,
        type_version=head.type_version,
        type_code=head.type_code,
        body=head.body,
        region=head.region,
        holder=in_hex(head.holder),
        holder_shown=shown(content),
        case_id=head.case,
        granted=head.granted,
        founder=head.founder and in_hex(head.founder),
        wrapped=in_hex(ring().wrap(writing.key, wrapping(head.id))),
        sealed=in_hex(seal(writing.key, plain, aad_of(head.id, "content"))),
    )
    run(load(HERE, "issue"), (document,))
    return head.number


def in_bytes(content: Content) -> bytes:
    """What is printed, as it is sealed and digested."""
    return orjson.dumps({"name": content.holder_name, "code": content.holder_code, "lines": content.lines})


def _version_of(type: Mapping[str, Any]) -> int:
    """The version of this type with this content, kept first if it is new; one transaction does it alone."""
    document = orjson.dumps(dict(type), option=orjson.OPT_SORT_KEYS).decode()
    asked = (type["slug"], sha256(document.encode()).hexdigest())
    known = "select version from certificates_type where slug = $1::text and digest = $2::text"
    found = run(known, asked)
    if not found:
        run("select pg_advisory_xact_lock(hashtext('certificates_type'))")
        run(
            "insert into certificates_type (slug, version, digest, document)"
            " select $1::text, coalesce(max(version), 0) + 1, $2::text, $3::text from certificates_type"
            " where slug = $1::text on conflict (slug, digest) do nothing",
            (*asked, document),
        )
        found = run(known, asked)
    return int(found[0][0])
