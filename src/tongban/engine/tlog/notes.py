"""C2SP signed-note with Ed25519 (signature type 0x01): a text, a blank line, signature lines."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from tongban.engine.tlog.spelling import from_base64, to_base64

MAX_NOTE = 1_000_000
MAX_SIGNATURES = 100

_ED25519 = b"\x01"
_KEY_BYTES = 32
_ID_BYTES = 4
_DASH = "— "


class NoteError(Exception):
    """A note or a key is malformed, or no trusted key vouches for the note."""


@dataclass(frozen=True, slots=True)
class Verifier:
    """A named Ed25519 public key of 32 bytes; `str()` of it is its vkey."""

    name: str
    public_key: bytes

    def __post_init__(self) -> None:
        if not _may_name_a_key(self.name):
            raise NoteError(f"not a key name: {self.name!r}")
        if len(self.public_key) != _KEY_BYTES:
            raise NoteError("an Ed25519 public key has 32 bytes")

    @classmethod
    def parse(cls, vkey: str) -> "Verifier":
        """The key of `name+<key id, 8 hex digits>+<base64 of 0x01 and the key>`; NoteError otherwise."""
        parts = vkey.split("+", 2)
        try:
            encoded = from_base64(parts[2])
        except (IndexError, ValueError) as error:
            raise NoteError(f"not a verifier key: {vkey!r}") from error
        if encoded[:1] != _ED25519:
            raise NoteError("only Ed25519 verifier keys (type 0x01) are known")
        verifier = cls(parts[0], encoded[1:])
        if verifier.key_id.hex() != parts[1]:
            raise NoteError("the key id does not belong to this name and key")
        return verifier

    @property
    def key_id(self) -> bytes:
        """The first 4 bytes of SHA-256(name || 0x0A || 0x01 || public key)."""
        return sha256(self.name.encode() + b"\n" + _ED25519 + self.public_key).digest()[:_ID_BYTES]

    def vouches(self, text: str, signature: bytes) -> bool:
        """Whether these 64 bytes are this key's signature of the text."""
        try:
            Ed25519PublicKey.from_public_bytes(self.public_key).verify(signature, text.encode())
        except (InvalidSignature, ValueError):
            return False
        return True

    def __str__(self) -> str:
        return f"{self.name}+{self.key_id.hex()}+{to_base64(_ED25519 + self.public_key)}"


@dataclass(frozen=True, slots=True)
class Signer:
    """A named Ed25519 private key, given by its 32-byte seed, which no print of it shows."""

    name: str
    seed: bytes = field(repr=False)
    verifier: Verifier = field(init=False, repr=False, compare=False)
    """The public half, to be published."""
    _key: Ed25519PrivateKey = field(init=False, repr=False, compare=False)
    _key_id: bytes = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if not _may_name_a_key(self.name):
            raise NoteError(f"not a key name: {self.name!r}")
        if len(self.seed) != _KEY_BYTES:
            raise NoteError("an Ed25519 seed has 32 bytes")
        # Made once: deriving the public half costs as much as a signature, and every receipt is signed.
        key = Ed25519PrivateKey.from_private_bytes(self.seed)
        verifier = Verifier(self.name, key.public_key().public_bytes_raw())
        object.__setattr__(self, "_key", key)
        object.__setattr__(self, "verifier", verifier)
        object.__setattr__(self, "_key_id", verifier.key_id)

    def signature_line(self, text: str) -> str:
        """The line that vouches for the text, newline included."""
        return f"{_DASH}{self.name} {to_base64(self._key_id + self._key.sign(text.encode()))}\n"


@dataclass(frozen=True, slots=True)
class Note:
    """A text and the trusted keys that vouch for it; signatures of unknown keys are left out."""

    text: str
    vouched: tuple[Verifier, ...]


def sign_note(text: str, *signers: Signer) -> bytes:
    """The note of this text, which must end in a newline, with one signature a signer, in their order."""
    if not text.endswith("\n") or not _may_stand_in_a_note(text):
        raise NoteError("a note's text ends in a newline and holds no other control character")
    if not signers:
        raise NoteError("a note has at least one signature")
    return (text + "\n" + "".join(signer.signature_line(text) for signer in signers)).encode()


def open_note(note: bytes, verifiers: Iterable[Verifier]) -> Note:
    """The text of a note for which at least one of these keys vouches.

    NoteError when the note is malformed, when no known key signed it, or when a signature under a known
    key (same name and key id) does not verify; signatures under other keys are ignored.
    """
    text, lines = _divided(note)
    known = {(verifier.name, verifier.key_id): verifier for verifier in verifiers}
    vouched: list[Verifier] = []
    for line in lines:
        name, key_id, signature = _signature_of(line)
        verifier = known.get((name, key_id))
        if verifier is None:
            continue
        if not verifier.vouches(text, signature):
            raise NoteError(f"the signature of {name}+{key_id.hex()} is wrong")
        if verifier not in vouched:
            vouched.append(verifier)
    if not vouched:
        raise NoteError("no known key signed this note")
    return Note(text, tuple(vouched))


def _divided(note: bytes) -> tuple[str, list[str]]:
    """The text and the signature lines of a note, parted at its last empty line."""
    if len(note) > MAX_NOTE:
        raise NoteError(f"a note of {len(note)} bytes; at most {MAX_NOTE} are read")
    try:
        words = note.decode()
    except UnicodeDecodeError as error:
        raise NoteError("the note is not UTF-8") from error
    if not _may_stand_in_a_note(words):
        raise NoteError("the note holds a control character")
    text, blank, signatures = words.rpartition("\n\n")
    if not blank or not signatures.endswith("\n"):
        raise NoteError("the note has no signature lines after a blank line")
    lines = signatures[:-1].split("\n")
    if len(lines) > MAX_SIGNATURES:
        raise NoteError(f"the note has over {MAX_SIGNATURES} signatures")
    return text + "\n", lines


def _signature_of(line: str) -> tuple[str, bytes, bytes]:
    """Key name, key id and signature of one line."""
    name, _, encoded = line.removeprefix(_DASH).partition(" ")
    try:
        value = from_base64(encoded)
    except ValueError as error:
        raise NoteError("a signature line is malformed") from error
    if not line.startswith(_DASH) or not _may_name_a_key(name) or len(value) <= _ID_BYTES:
        raise NoteError("a signature line is malformed")
    return name, value[:_ID_BYTES], value[_ID_BYTES:]


def _may_name_a_key(name: str) -> bool:
    return name != "" and "+" not in name and name.isprintable() and not any(map(str.isspace, name))


def _may_stand_in_a_note(words: str) -> bool:
    return not any(mark < " " and mark != "\n" for mark in set(words))
