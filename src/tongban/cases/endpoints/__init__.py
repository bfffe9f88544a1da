"""Cases for programs: apply, ask, take in turn, act, approve. An endpoint is one command or question."""

from ninja import Router

from tongban.cases.endpoints import acts, approvals, cases, flowing, joint, talk, together, turns

router = Router()
router.add_router("/cases", cases.router, tags=["cases"])
router.add_router("/cases", acts.router, tags=["acts"])
router.add_router("/cases", flowing.router, tags=["flows"])
router.add_router("/cases", together.router, tags=["together"])
router.add_router("/joint", joint.router, tags=["joint"])
router.add_router("/consultations", together.consultations_router, tags=["together"])
router.add_router("/cases", talk.router, tags=["talk"])
router.add_router("/looks", talk.looks_router, tags=["talk"])
router.add_router("/contests", talk.contests_router, tags=["talk"])
router.add_router("/queues", turns.router, tags=["queues"])
router.add_router("/approvals", approvals.router, tags=["approvals"])

__all__ = ["router"]
