"""Sealing under a key of its own: what a case, a file or a profile keeps private."""

import hmac
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_BYTES = 32
NONCE_BYTES = 12
AES_256_GCM = b"\x01"
"""First byte of everything sealed, so that another cipher (SM4) can be told apart when it comes."""


class Unreadable(Exception):
    """What was sealed cannot be opened: another key, another context, another cipher, or damage."""


def new_key() -> bytes:
    """A fresh key, 32 random bytes."""
    return os.urandom(KEY_BYTES)


def seal(key: bytes, plaintext: bytes, aad: bytes) -> bytes:
    """Seal under a key of `new_key`; opens only with the same key and the same `aad`, which says what it is.

    Shape: cipher (1 byte), nonce (12), ciphertext with tag (16 bytes longer than the plaintext).
    """
    return AES_256_GCM + encrypt(AESGCM(_sealing_key(key)), plaintext, AES_256_GCM + aad)


def open_(key: bytes, sealed: bytes, aad: bytes) -> bytes:
    """The plaintext of `seal`; Unreadable unless key, bytes and `aad` are the very ones."""
    if sealed[:1] != AES_256_GCM:
        raise Unreadable("sealed by a cipher that is not known here")
    return decrypt(AESGCM(_sealing_key(key)), sealed[1:], AES_256_GCM + aad)


def derive(key: bytes, purpose: bytes) -> bytes:
    """Another 32 bytes from a key, one for each purpose: HKDF-Expand with SHA-256 (RFC 5869 §2.3)."""
    return _expand(key, b"derive\x00" + purpose)


def salt(key: bytes, seq: int, purpose: bytes) -> bytes:
    """The 32-byte salt of the `seq`-th digest of a purpose; gone for ever when the key is destroyed."""
    return _expand(key, b"salt\x00" + seq.to_bytes(8, "big") + purpose)


def encrypt(cipher: AESGCM, plaintext: bytes, aad: bytes) -> bytes:
    """Nonce and ciphertext under a random nonce."""
    nonce = os.urandom(NONCE_BYTES)
    return nonce + cipher.encrypt(nonce, plaintext, aad)


def decrypt(cipher: AESGCM, sealed: bytes, aad: bytes) -> bytes:
    """The plaintext of `encrypt`, or Unreadable."""
    try:
        return cipher.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], aad)
    except (InvalidTag, ValueError) as fault:
        raise Unreadable("wrong key, wrong context or damaged bytes") from fault


def _sealing_key(key: bytes) -> bytes:
    # The key itself only ever feeds HMAC, so no key serves two algorithms.
    return _expand(key, b"seal")


def _expand(key: bytes, info: bytes) -> bytes:
    if len(key) != KEY_BYTES:
        raise Unreadable("a key has 32 bytes")
    return hmac.digest(key, info + b"\x01", "sha256")
