"""Certificates for programs: one's own, whether one holds, and the acts of officers."""

from ninja import Router

from tongban.certificates.endpoints import acts, held

router = Router()
# What waits for an answer stands before a certificate by its number, which any word could be.
router.add_router("/certificates", acts.router, tags=["certificates"])
router.add_router("/certificates", held.router, tags=["certificates"])

__all__ = ["router"]
