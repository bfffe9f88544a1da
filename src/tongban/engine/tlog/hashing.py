"""RFC 6962 §2.1 hashing with SHA-256. Many hashes travel as one byte string, 32 bytes each, as tiles do."""

from hashlib import sha256

HASH_SIZE = 32
EMPTY_ROOT = sha256(b"").digest()

_PAIR = 2 * HASH_SIZE


def leaf_hash(entry: bytes) -> bytes:
    """The 32-byte hash of one entry: SHA-256(0x00 || entry)."""
    return sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The 32-byte hash of an inner node: SHA-256(0x01 || left || right)."""
    return sha256(b"\x01" + left + right).digest()


def root_of(hashes: bytes) -> bytes:
    """The Merkle Tree Hash over concatenated 32-byte hashes, any number of them, none included.

    Pairing neighbours row by row and carrying an odd last one upward gives the same tree as the
    split at the largest power of two of RFC 6962 §2.1.
    """
    while len(hashes) > HASH_SIZE:
        paired = len(hashes) // _PAIR * _PAIR
        row = [sha256(b"\x01" + hashes[at : at + _PAIR]).digest() for at in range(0, paired, _PAIR)]
        hashes = b"".join(row) + hashes[paired:]
    return hashes or EMPTY_ROOT
