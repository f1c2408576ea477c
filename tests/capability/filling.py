"""A liaison at work: what the tests of an update press and type."""

import uuid
from typing import Any

from capability.actions.saving import attach, save_answer
from capability.drafts import Content, WorkingCopy
from capability.models import ThreatClass, Update
from common.scope import reach_of, scope

CSIRT = {"status": "operational", "name": "CSIRT-CL", "short_name": "CSIRT-CL"}
STRATEGY = {"step": "implementation", "in_force": True, "title": "National policy", "adopted": "2023"}


def url(update: Update, *path: str) -> str:
    return "/".join([f"/states/{update.state.slug}/updates/{update.round.slug}", *path, ""])


def make_threat_classes() -> None:
    for position, code in enumerate(("malicious-code", "fraud", "test")):
        names = {f"name_{s}": code for s in ("en", "es", "fr", "pt_br")}
        ThreatClass.objects.create(code=code, position=position, **names, **{f"help_{s}": code for s in ("en", "es")})


def copy_of(update: Update, user: Any) -> WorkingCopy:
    update.refresh_from_db()
    return WorkingCopy(update, user)


def answer(update: Update, question: str, content: Content, *, by: Any, revision: int | None = None) -> Any:
    """Saves one answer as the page would, in the scope of `by`."""
    with scope(reach_of(by)):
        item = copy_of(update, by).items[question]
        return save_answer(item=item, content=content, revision=item.revision if revision is None else revision, by=by)


def fill(update: Update, *, by: Any, stage: int = 2) -> None:
    """Answers all 27 questions."""
    with scope(reach_of(by)):
        for code, item in copy_of(update, by).items.items():
            content = Content(stage=stage, text=f"Because of {code}.")
            if item.question.indicator is None:
                facts = {
                    "csirt": CSIRT,
                    "strategy": STRATEGY,
                    "threats": {"malicious-code": {"level": "high"}, "fraud": {"level": "low"}},
                    "requests": {"4": "An exercise"},
                }
                content = Content(facts=facts[code])
            save_answer(item=item, content=content, revision=item.revision, by=by)


def add_link(update: Update, question: str, *, by: Any, link: str = "https://www.example.org/proof") -> None:
    with scope(reach_of(by)):
        attach(item=copy_of(update, by).items[question], by=by, title="Proof", link=link)


def send_form() -> dict[str, str]:
    return {"key": str(uuid.uuid4())}
