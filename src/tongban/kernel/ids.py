"""Typed ids: what a row of another context is held by."""

from typing import NewType
from uuid import UUID

AccountId = NewType("AccountId", UUID)
OfficerId = NewType("OfficerId", UUID)
CaseId = NewType("CaseId", int)
EventId = NewType("EventId", int)
ApprovalId = NewType("ApprovalId", UUID)
FileId = NewType("FileId", UUID)
CertificateId = NewType("CertificateId", int)
ItemCode = NewType("ItemCode", str)
"""The item's slug, the name of its pack's folder; the codes of the standard stand in the item itself."""
RegionCode = NewType("RegionCode", str)
"""GB/T 2260, six digits; 12 digits below the county."""
BodyCode = NewType("BodyCode", str)
"""The body's unified social credit code, 18 characters."""
QueueId = NewType("QueueId", str)
"""Basic code of the item, a dot, the body's code: `440709003000.11510104MB0000001X`."""
PersonKey = NewType("PersonKey", bytes)
"""Keyed hash of a natural person's identity number, or of an enterprise's code: 32 bytes."""
Version = NewType("Version", int)
"""How many events a case has; what an officer saw when acting."""
