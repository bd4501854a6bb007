"""Playing the verbs of the case language, one module a subject; what is not entered here is not built."""

from tests.cases.verbs import (
    adjusting,
    costs,
    counting,
    floor,
    general_ledger,
    invoicing,
    moving,
    orders,
    periods,
    picking,
    posting,
    questions,
    reclassifying,
    revaluing,
    set_up,
    undoing,
)
from tests.cases.verbs.built import BUILT, Built, Result

__all__ = [
    "BUILT",
    "Built",
    "Result",
    "adjusting",
    "costs",
    "counting",
    "floor",
    "general_ledger",
    "invoicing",
    "moving",
    "orders",
    "periods",
    "picking",
    "posting",
    "questions",
    "reclassifying",
    "revaluing",
    "set_up",
    "undoing",
]
