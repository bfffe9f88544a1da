"""What is asked of certificates: one question, one function, a tested number of statements."""

from tongban.certificates.queries.acts import act_of, acts_for, changeable
from tongban.certificates.queries.lists import (
    CertificateRow,
    Check,
    Held,
    ToBeTakenBack,
    check,
    held,
    is_number,
    of_case,
    of_cases,
    to_be_taken_back,
    wallet,
)
from tongban.certificates.queries.news import Happened, happened
from tongban.certificates.queries.view import Act, CertificateView, Told, certificate, look_at

__all__ = [
    "Act",
    "CertificateRow",
    "CertificateView",
    "Check",
    "Happened",
    "Held",
    "ToBeTakenBack",
    "Told",
    "act_of",
    "acts_for",
    "certificate",
    "changeable",
    "check",
    "happened",
    "held",
    "is_number",
    "look_at",
    "of_case",
    "of_cases",
    "to_be_taken_back",
    "wallet",
]
