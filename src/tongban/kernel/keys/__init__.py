"""Keys: the ring that every secret hangs on, and sealing under a key of its own.

The ring wraps; the wrapped keys seal. A case, a file and a profile each have a key of their own, kept wrapped
under the ring's current master key, so that erasing one thing means destroying one small key.
"""

from tongban.kernel.keys.keyring import KeyRing, PersonKind, master_of, retire, ring, rotate
from tongban.kernel.keys.sealing import Unreadable, derive, new_key, open_, salt, seal
from tongban.kernel.keys.store import RingDamaged, RingExposed, changed_at, made

__all__ = [
    "KeyRing",
    "PersonKind",
    "RingDamaged",
    "RingExposed",
    "Unreadable",
    "changed_at",
    "derive",
    "made",
    "master_of",
    "new_key",
    "open_",
    "retire",
    "ring",
    "rotate",
    "salt",
    "seal",
]
