"""Codes: the numbers by which people, bodies, items and cases are known, and how personal ones are masked.

Owns: checking and splitting of numbers, our case number, masks.
Says: "check", "parse", "make", "mask".
Asks: nobody.
"""

from tongban.engine.codes.case_number import CaseNumber
from tongban.engine.codes.certificate import CertificateIdentifier, check_certificate_type
from tongban.engine.codes.credit_code import check_credit_code, credit_code_of, made_credit_code
from tongban.engine.codes.errors import CodeError
from tongban.engine.codes.items import BasicCode, HandlingCode, ImplementationCode, parse_item_code
from tongban.engine.codes.masks import mask_address, mask_id, mask_mail, mask_name, mask_phone
from tongban.engine.codes.phone import check_mobile
from tongban.engine.codes.resident import UNKNOWN_COUNTY, ResidentId, check_resident_id

__all__ = [
    "UNKNOWN_COUNTY",
    "BasicCode",
    "CaseNumber",
    "CertificateIdentifier",
    "CodeError",
    "HandlingCode",
    "ImplementationCode",
    "ResidentId",
    "check_certificate_type",
    "check_credit_code",
    "check_mobile",
    "check_resident_id",
    "credit_code_of",
    "made_credit_code",
    "mask_address",
    "mask_id",
    "mask_mail",
    "mask_name",
    "mask_phone",
    "parse_item_code",
]
