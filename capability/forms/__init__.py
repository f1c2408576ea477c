from typing import Any

from capability.drafts import Item
from capability.forms.base import AnswerForm
from capability.forms.csirt import CsirtForm
from capability.forms.factor import FactorForm
from capability.forms.requests import RequestsForm
from capability.forms.strategy import StrategyForm
from capability.forms.threats import ThreatsForm
from capability.questions import CSIRT, REQUESTS, STRATEGY, THREATS

FORMS: dict[str, type[AnswerForm]] = {
    CSIRT: CsirtForm,
    STRATEGY: StrategyForm,
    THREATS: ThreatsForm,
    REQUESTS: RequestsForm,
}

__all__ = ["AnswerForm", "can_confirm", "form_for", "stored_form"]


def form_for(item: Item, data: Any = None, files: Any = None) -> AnswerForm:
    """The form of a question; `data` holds the whole section."""
    return FORMS.get(item.question.code, FactorForm)(data, item=item, files=files)


def stored_form(item: Item) -> AnswerForm:
    return FORMS.get(item.question.code, FactorForm).stored(item)


def can_confirm(item: Item) -> bool:
    """Whether something is known that is complete as it stands."""
    form = FORMS.get(item.question.code, FactorForm)
    return item.known is not None and item.may_change and form.confirming(item).is_valid()
