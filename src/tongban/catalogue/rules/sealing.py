"""A document as it is kept and compared."""

from hashlib import sha256

import orjson

from tongban.engine.packs import Document


def sealed(document: Document) -> tuple[str, str]:
    """A document as canonical JSON, and the digest of just these bytes."""
    text = orjson.dumps(document, option=orjson.OPT_SORT_KEYS)
    return text.decode(), sha256(text).hexdigest()
