"""The key ring: master keys that wrap, and the keys of the keyed hashes and signatures."""

import hmac
import time
import unicodedata
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Literal

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from tongban.kernel.ids import PersonKey
from tongban.kernel.keys import store
from tongban.kernel.keys.sealing import AES_256_GCM, Unreadable, decrypt, encrypt

PersonKind = Literal["person", "enterprise"]
FactKind = Literal["phone", "name", "code", "bound"]

_LOOK_EVERY = 1.0


class KeyRing:
    """One reading of the ring's file. Its keys never leave it, except the seeds of the two signatures."""

    __slots__ = ("_ciphers", "_current", "_person", "_token", "django_secret", "log_seed", "receipt_seed")

    def __init__(self, held: store.Secrets) -> None:
        self._current = held.current
        self._ciphers = {name: AESGCM(bytes.fromhex(key)) for name, key in held.masters.items()}
        self._person = bytes.fromhex(held.person)
        self._token = bytes.fromhex(held.token)
        self.django_secret = held.django
        self.log_seed = bytes.fromhex(held.log)
        self.receipt_seed = bytes.fromhex(held.receipt)

    def __repr__(self) -> str:
        return f"KeyRing(current={self._current}, masters={len(self._ciphers)})"

    @property
    def current(self) -> str:
        """Id of the master key that wraps now: `m1`, `m2`, …"""
        return self._current

    @property
    def masters(self) -> tuple[str, ...]:
        """The ids of all master keys, which all still open."""
        return tuple(self._ciphers)

    @property
    def fingerprint(self) -> str:
        """By what a database knows its ring again, whatever was rotated: 64 hexadecimal digits, no secret."""
        return _keyed(self._person, "fingerprint", "ring").hex()

    def wrap(self, key: bytes, aad: bytes) -> bytes:
        """Seal a key under the current master; `aad` says whose key it is.

        Shape: cipher (1 byte), length of the master's id (1), the id, nonce (12), ciphertext with tag.
        """
        # Random nonces hold for 2^32 wrappings under one master (NIST SP 800-38D §8.3): rotate before.
        name = self._current.encode("ascii")
        head = AES_256_GCM + bytes((len(name),)) + name
        return head + encrypt(self._ciphers[self._current], key, head + aad)

    def unwrap(self, wrapped: bytes, aad: bytes) -> bytes:
        """The key of `wrap`, whichever master of the ring wrapped it; else Unreadable."""
        name = master_of(wrapped)
        cipher = self._ciphers.get(name)
        if cipher is None:
            raise Unreadable(f"master key {name} is not in this ring")
        length = 2 + len(name)
        return decrypt(cipher, wrapped[length:], wrapped[:length] + aad)

    def person_key(self, kind: PersonKind, number: str) -> PersonKey:
        """By what we find a natural person (identity number) or an enterprise (unified code): 32 bytes.

        Case, width and blanks do not matter, so one number is one person however it was typed.
        """
        return PersonKey(_keyed(self._person, kind, "".join(_plain(number).split()).upper()))

    def name_digest(self, sign_in_name: str) -> str:
        """By what an account is found when someone signs in: 64 hexadecimal digits."""
        return _keyed(self._person, "sign-in name", _plain(sign_in_name).strip().casefold()).hex()

    def address_digest(self, address: str) -> str:
        """By what failures from one network address are counted: 64 hexadecimal digits."""
        return _keyed(self._person, "address", address).hex()

    def fact_digest(self, kind: FactKind, text: str) -> bytes:
        """By what a fact is found or compared that is not kept: a phone, a name, a one-time code: 32 bytes.

        `bound` is for what tries are counted by.
        """
        return _keyed(self._person, kind, text)

    def content_digest(self, content: bytes) -> bytes:
        """By what a repeated submission is told from another: 32 bytes, keyed, for answers can be guessed."""
        return hmac.digest(self._token, b"tongban content\x00" + content, "sha256")

    def token_digest(self, token: str) -> bytes:
        """By what a bearer token is found: 32 bytes."""
        return _keyed(self._token, "token", token)


def master_of(wrapped: bytes) -> str:
    """Id of the master key that wrapped this; Unreadable where the shape is not that of `wrap`."""
    name = wrapped[2 : 2 + wrapped[1]] if len(wrapped) > 2 else b""
    if wrapped[:1] != AES_256_GCM or not name.isalnum():
        raise Unreadable("not a key wrapped by a ring")
    return name.decode("ascii")


class _Held:
    """The ring of one folder, read again when its file has changed."""

    def __init__(self, var: Path, clock: Callable[[], float] = time.monotonic) -> None:
        self._var, self._clock = var, clock
        self.read()

    def read(self) -> None:
        self._look_at = self._clock() + _LOOK_EVERY
        self._ring = KeyRing(store.read(self._var))
        self._seen = self._mark()

    def ring(self) -> KeyRing:
        if self._clock() >= self._look_at:
            self._look_at = self._clock() + _LOOK_EVERY
            # A file that is gone changes nothing here: a ring made anew would open none of what is kept.
            if self._mark() not in (None, self._seen):
                self.read()
        return self._ring

    def _mark(self) -> tuple[int, int] | None:
        try:
            stat = store.path_of(self._var).stat()
        except FileNotFoundError:
            return None
        return stat.st_mtime_ns, stat.st_ino


def ring(var: Path | None = None) -> KeyRing:
    """The ring of the data folder `var` (settings.VAR unless named), made at the first call ever.

    Kept in the process and read again within a second of a rotation. RingExposed, RingDamaged.
    """
    return _held(var or settings.VAR).ring()


def rotate(var: Path | None = None) -> str:
    """Add a master key; what is wrapped from now on hangs on it. Returns its id."""
    folder: Path = var or settings.VAR
    name = store.add_master(folder)
    _held(folder).read()
    return name


def retire(master: str, var: Path | None = None) -> bool:
    """Take a master key out of this machine's ring; whether it was there. What it wrapped opens no more.

    ValueError for the current one. Who calls has made sure that nothing hangs on it.
    """
    folder: Path = var or settings.VAR
    was_there = store.drop_master(folder, master)
    _held(folder).read()
    return was_there


@cache
def _held(var: Path) -> _Held:
    return _Held(var)


def _plain(text: str) -> str:
    return text if text.isascii() else unicodedata.normalize("NFKC", text)


def _keyed(key: bytes, domain: str, text: str) -> bytes:
    if not text:
        raise ValueError(f"an empty {domain} has no keyed hash")
    return hmac.digest(key, f"tongban {domain}\x00{text}".encode("utf-8", "surrogatepass"), "sha256")
