"""Signing: PAdES signatures by the certificate of a seal, and what a signature in a PDF is worth.

Its libraries take a third of a second to load: who needs it imports it when a paper is made or checked.
"""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from io import BytesIO
from typing import Final

import structlog
from asn1crypto import keys as asn1_keys
from asn1crypto import x509 as asn1_x509
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import fields, signers
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.registry import SimpleCertificateStore

from tongban.papers.authority import Signer

log = structlog.get_logger()

_FIELD: Final = "Seal"

# The library runs an event loop of its own, which a thread that is in one already would refuse.
_aside: Final = ThreadPoolExecutor(max_workers=1, thread_name_prefix="signing")


@dataclass(frozen=True, slots=True)
class Signature:
    """What a PDF's signature is worth: by whom, whether of our seals, and whether nothing changed since."""

    by: str
    ours: bool
    intact: bool


def sign(pdf: bytes, seal: Signer, authority: bytes) -> bytes:
    """The PDF, certified by the seal so that any later change breaks it (PAdES B-B, ETSI EN 319 142)."""
    known = SimpleCertificateStore()  # type: ignore[no-untyped-call]
    known.register(_for_pdf(authority))
    signer = signers.SimpleSigner(
        signing_cert=_for_pdf(seal.certificate),
        signing_key=asn1_keys.PrivateKeyInfo.load(seal.key),
        cert_registry=known,
    )
    wanted = signers.PdfSignatureMetadata(
        field_name=_FIELD,
        name=seal.name,
        md_algorithm="sha256",
        subfilter=fields.SigSeedSubFilter.PADES,
        certify=True,
        docmdp_permissions=fields.MDPPerm.NO_CHANGES,
    )
    document = IncrementalPdfFileWriter(BytesIO(pdf))
    signed = _aside.submit(signers.sign_pdf, document, wanted, signer=signer).result()
    return bytes(signed.getvalue())


def signature_of(pdf: bytes, authority: bytes) -> Signature | None:
    """What the first signature in a PDF is worth; None for what is no PDF, or bears none.

    Nothing is fetched: only the authority given here is trusted, whatever the file says where to look.
    """
    # Anyone may hand in anything here, and a parser of such a format has many ways to give up.
    try:
        found = PdfFileReader(BytesIO(pdf)).embedded_signatures
        if not found:
            return None
        trusted = ValidationContext(trust_roots=[_for_pdf(authority)], allow_fetching=False)
        status = _aside.submit(validate_pdf_signature, found[0], trusted).result()
    except Exception as fault:
        log.info("papers.unreadable-pdf", error=repr(fault))
        return None
    whole = status.coverage is SignatureCoverageLevel.ENTIRE_FILE
    by = status.signing_cert.subject.native.get("common_name", "")
    return Signature(by=str(by), ours=status.trusted, intact=status.bottom_line and whole)


def _for_pdf(certificate: bytes) -> asn1_x509.Certificate:
    return asn1_x509.Certificate.load(certificate)
