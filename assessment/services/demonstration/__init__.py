"""A plausible enterprise to look at: its organisation, its rounds, and what its people answer."""

from assessment.services.demonstration.enterprise import Size
from assessment.services.demonstration.filling import SIGN_INS, Plan, fill

__all__ = ["SIGN_INS", "Plan", "Size", "fill"]
