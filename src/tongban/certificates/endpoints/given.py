"""What programs send, and how narrow it must be before anything looks at it."""

from typing import Annotated, Literal

from ninja import Path
from pydantic import BaseModel, ConfigDict, Field

Number = Annotated[str, Path(pattern=r"^[0-9A-Za-z.-]{1,120}$", description="Its number or its identifier.")]
Seen = Annotated[int, Field(ge=1, le=2**31 - 1, description="The `version` you saw; refused if it is stale.")]
Text = Annotated[str, Field(max_length=20_000)]
Words = Annotated[str, Field(max_length=2_000)]


class CertificateAct(BaseModel):
    """What an officer does must rest on what the officer saw; a misspelt member is a fault."""

    model_config = ConfigDict(extra="forbid")

    seen: Seen


class CertificateWorded(CertificateAct):
    """An act with its reason, which the holder will read."""

    text: Text


class CertificateChange(CertificateWorded):
    """Other words on printed lines, by their labels."""

    lines: Annotated[dict[Annotated[str, Field(max_length=64)], Words], Field(max_length=60)]


class Revocation(CertificateWorded):
    """Taking back, for a named ground."""

    ground: Literal["unlawful-grant", "penalty"]
