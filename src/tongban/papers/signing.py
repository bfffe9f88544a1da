"""Signing: PAdES signatures by the certificate of a seal, and what a signature in a PDF is worth.

The certificates are a demonstration: our own authority vouches for one seal a body. A city that has seals of
its own replaces `new_authority` and `new_seal`; what signs and what checks stays.
"""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from io import BytesIO
from typing import Final

import structlog
from asn1crypto import keys as asn1_keys
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_der_private_key,
)
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import fields, signers
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.registry import SimpleCertificateStore

log = structlog.get_logger()

LASTS: Final = timedelta(days=30 * 365)
"""A seal is vouched for as long as its authority: without a time-stamp, a signature dies with its seal."""

_FIELD: Final = "Seal"

# The library runs an event loop of its own, which a thread that is in one already would refuse.
_aside: Final = ThreadPoolExecutor(max_workers=1, thread_name_prefix="signing")


@dataclass(frozen=True, slots=True, repr=False)
class Signer:
    """A certificate and its private key, both DER."""

    certificate: bytes
    key: bytes

    @property
    def name(self) -> str:
        """Whose it is."""
        return _common_name(x509.load_der_x509_certificate(self.certificate))


@dataclass(frozen=True, slots=True)
class Signature:
    """What a PDF's signature is worth: by whom, whether of our seals, and whether nothing changed since."""

    by: str
    ours: bool
    intact: bool


def new_authority(name: str, at: datetime) -> Signer:
    """The authority that vouches for all seals of this installation."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = _named(name)
    certificate = (
        _certificate(subject, subject, key.public_key(), at, at + LASTS)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(signs_certificates=True), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    return _signer(certificate, key)


def new_seal(name: str, authority: Signer, at: datetime) -> Signer:
    """A seal of that name, vouched for by the authority."""
    key, issuing = ec.generate_private_key(ec.SECP256R1()), _key_of(authority)
    above = x509.load_der_x509_certificate(authority.certificate)
    certificate = (
        _certificate(_named(name), above.subject, key.public_key(), at, above.not_valid_after_utc)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(signs_certificates=False), critical=True)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(issuing.public_key()), critical=False
        )
        .sign(issuing, hashes.SHA256())
    )
    return _signer(certificate, key)


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


def _certificate(
    subject: x509.Name,
    issuer: x509.Name,
    key: ec.EllipticCurvePublicKey,
    since: datetime,
    until: datetime,
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(since)
        .not_valid_after(until)
    )


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        content_commitment=not signs_certificates,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        encipher_only=False,
        decipher_only=False,
    )


def _named(name: str) -> x509.Name:
    # A common name holds 64 bytes here: a longer name of a body is cut behind the last whole character.
    held = name.encode()[:64].decode(errors="ignore")
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "CN"),
            x509.NameAttribute(NameOID.COMMON_NAME, held),
        ]
    )


def _common_name(certificate: x509.Certificate) -> str:
    return str(certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)[0].value)


def _signer(certificate: x509.Certificate, key: ec.EllipticCurvePrivateKey) -> Signer:
    return Signer(
        certificate.public_bytes(Encoding.DER),
        key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption()),
    )


def _key_of(signer: Signer) -> ec.EllipticCurvePrivateKey:
    key = load_der_private_key(signer.key, password=None)
    assert isinstance(key, ec.EllipticCurvePrivateKey)
    return key


def _for_pdf(certificate: bytes) -> asn1_x509.Certificate:
    return asn1_x509.Certificate.load(certificate)
