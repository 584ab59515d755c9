"""What roles are called: as the file calls them, by the usual name, or by their id in words."""

from collections.abc import Callable, Mapping

from assessment.questionnaire.model import Questionnaire
from assessment.wording import gettext as _

_USUAL: Mapping[str, Callable[[], str]] = {
    "team-member": lambda: _("Team member"),
    "scrum-master": lambda: _("Scrum Master or Team Coach"),
    "team-coach": lambda: _("Scrum Master or Team Coach"),
    "product-owner": lambda: _("Product Owner"),
    "rte": lambda: _("Release Train Engineer (RTE)"),
    "product-manager": lambda: _("Product Manager"),
    "product-management": lambda: _("Product Management"),
    "system-architect": lambda: _("System Architect"),
    "business-owner": lambda: _("Business Owner"),
    "epic-owner": lambda: _("Epic Owner"),
    "manager": lambda: _("Manager"),
    "lace-member": lambda: _("Member of the LACE"),
}


def is_usual(role: str, questionnaire: Questionnaire) -> bool:
    """Whether a role goes by its usual name: in the language spoken now, not in the questionnaire's."""
    return role in _USUAL and not any(known.id == role and known.label for known in questionnaire.roles)


def role_name(role: str, questionnaire: Questionnaire, language: str) -> str:
    """Give what a role is called in a language; the usual names are in the one spoken now."""
    declared = next((known.label for known in questionnaire.roles if known.id == role), None)
    if declared is not None:
        return questionnaire.says(declared, language)
    usual = _USUAL.get(role)
    words = role.replace("-", " ").replace(".", " ")
    return usual() if usual else words[:1].upper() + words[1:]
