"""A certificate as its events have made it."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from tongban.certificates.rules.life import TAKEN_BACK, Status
from tongban.engine.codes import CertificateIdentifier
from tongban.kernel.access import Thing
from tongban.kernel.ids import BodyCode, CaseId, CertificateId, PersonKey, RegionCode


@dataclass(frozen=True, slots=True)
class CertificateHead:
    """What never changes of an edition. `granted`: the place of the grant in its case's story.

    `founder`: who was entitled to act for the enterprise that came into being with it.
    """

    id: CertificateId
    serial: str
    edition: int
    type: str
    type_version: int
    type_code: str
    body: BodyCode
    region: RegionCode
    holder: PersonKey
    case: CaseId
    granted: int
    founder: PersonKey | None = None

    @property
    def number(self) -> str:
        """What it is known by in addresses: serial and edition, nothing of its holder."""
        return f"{self.serial}-{self.edition:03d}"

    @property
    def next_number(self) -> str:
        """The number of the edition that comes after this one."""
        return f"{self.serial}-{self.edition + 1:03d}"

    @property
    def identifier(self) -> str:
        """Its identifier by GB/T 36904."""
        return str(CertificateIdentifier(self.type_code, self.body, self.serial, f"{self.edition:03d}"))


@dataclass(frozen=True, slots=True)
class Asked:
    """A revocation that another officer must agree to: who asked, why, and at which event."""

    by: UUID
    ground: str
    seq: int


@dataclass(frozen=True, slots=True)
class CertificateState:
    """Where an edition stands; `version` counts its events."""

    head: CertificateHead
    version: int = 0
    status: Status = Status.VALID
    issued_on: date | None = None
    valid_until: date | None = None
    endorsed_until: date | None = None
    asked: Asked | None = None

    @property
    def thing(self) -> Thing:
        """What the access function judges.

        One that founded an enterprise and was taken back ended its founder's mandate; what became of it, and
        why, the founder may read all the same.
        """
        head = self.head
        founder = head.founder if self.status in TAKEN_BACK else None
        return Thing(body=head.body, region=head.region, applicant=head.holder, founder=founder)
