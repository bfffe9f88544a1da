"""Forms: steps of fields bound to data elements, each shown under a condition, judged as a whole.

Owns: what a form is, when a field is asked, what an answer of each kind must be, every fault at once.
Says: `validate(form, answers)`, `form_of(data)`, `holds(condition, values)`.
Asks: engine.codes for the check digits of identity and credit codes.
"""

from tongban.engine.forms.condition import (
    AllOf,
    AnyOf,
    Condition,
    ConditionError,
    Equals,
    Not,
    OneOf,
    Present,
    condition_of,
    fields_of,
    holds,
)
from tongban.engine.forms.kinds import LIMITS, Kind, Value
from tongban.engine.forms.model import Field, Form, FormError, Option, Problem, Step, form_of, problems_of
from tongban.engine.forms.validate import Fault, Validation, validate

__all__ = [
    "LIMITS",
    "AllOf",
    "AnyOf",
    "Condition",
    "ConditionError",
    "Equals",
    "Fault",
    "Field",
    "Form",
    "FormError",
    "Kind",
    "Not",
    "OneOf",
    "Option",
    "Present",
    "Problem",
    "Step",
    "Validation",
    "Value",
    "condition_of",
    "fields_of",
    "form_of",
    "holds",
    "problems_of",
    "validate",
]
