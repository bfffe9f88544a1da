"""What is stored: changes that wait and that were made, and how far the keys are."""

from tongban.administration.models.changes import Change, Proposal
from tongban.administration.models.keys import RetiredMaster, Rewrapping

__all__ = ["Change", "Proposal", "RetiredMaster", "Rewrapping"]
