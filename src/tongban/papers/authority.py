"""Who vouches: the authority of an installation, and the seals it issues to bodies.

The certificates are a demonstration: our own authority vouches for one seal a body. A city that has seals of
its own replaces `new_authority` and `new_seal`; what signs and what checks stays.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

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

LASTS: Final = timedelta(days=30 * 365)
"""A seal is vouched for as long as its authority: without a time-stamp, a signature dies with its seal."""


@dataclass(frozen=True, slots=True, repr=False)
class Signer:
    """A certificate and its private key, both DER."""

    certificate: bytes
    key: bytes

    @property
    def name(self) -> str:
        """Whose it is."""
        return _common_name(x509.load_der_x509_certificate(self.certificate))


def since_of(certificate: bytes) -> datetime:
    """From when on a certificate (DER) is vouched for."""
    return x509.load_der_x509_certificate(certificate).not_valid_before_utc


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
