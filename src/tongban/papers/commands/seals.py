"""The seals of an installation: one authority and, vouched for by it, one a body; made when first needed.

Their private keys hang on the key ring, as everything secret does: the database alone can sign nothing.
"""

from datetime import datetime
from typing import Final

from tongban.kernel.hanging import KeyTable
from tongban.kernel.ids import BodyCode
from tongban.kernel.keys import ring
from tongban.kernel.sheet import Issuer
from tongban.kernel.sql import run
from tongban.papers.authority import Signer, new_authority, new_seal
from tongban.papers.models import wrapping

AUTHORITY: Final = ("", "通办演示证书机构")
"""The body and the name under which it is kept."""


def authority(at: datetime) -> Signer:
    """Who vouches for all seals. One statement; three when it is made."""
    return _kept(*AUTHORITY) or _keep(*AUTHORITY, new_authority(AUTHORITY[1], at))


def seal_of(issuer: Issuer, at: datetime) -> Signer:
    """The seal of a body under the name it has. One statement; four when it is made."""
    body, name = issuer.body, issuer.name
    return _kept(body, name) or _keep(body, name, new_seal(name, authority(at), at))


def renew_seal(body: BodyCode, at: datetime) -> int:
    """Have a body seal by another key from now on, under every name it has; how many seals that were.

    What was sealed before stays ours: the paper holds its certificate, for which the authority still vouches.
    """
    known = run("select name from papers_seal where body = $1::text", (body,)) if body else []
    for (name,) in known:
        made = new_seal(name, authority(at), at)
        run(
            "update papers_seal set certificate = $3::bytea, wrapped = $4::bytea"
            " where body = $1::text and name = $2::text",
            (body, name, made.certificate, ring().wrap(made.key, wrapping(body, name))),
        )
    return len(known)


KEY_TABLES: Final = (KeyTable("seals", "papers_seal", {"body": "text", "name": "text"}, "wrapped", wrapping),)
"""The private keys of the seals."""


def _kept(body: str, name: str) -> Signer | None:
    rows = run(
        "select certificate, wrapped from papers_seal where body = $1::text and name = $2::text", (body, name)
    )
    if not rows:
        return None
    certificate, wrapped = rows[0]
    return Signer(bytes(certificate), ring().unwrap(bytes(wrapped), wrapping(body, name)))


def _keep(body: str, name: str, made: Signer) -> Signer:
    """Keep it, unless another process was first: then that one is the seal."""
    run(
        "insert into papers_seal (body, name, certificate, wrapped)"
        " values ($1::text, $2::text, $3::bytea, $4::bytea) on conflict do nothing",
        (body, name, made.certificate, ring().wrap(made.key, wrapping(body, name))),
    )
    kept = _kept(body, name)
    assert kept is not None
    return kept
