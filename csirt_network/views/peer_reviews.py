"""One team asks another to look at its assessment: asked, answered, remarked on, closed."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from csirt_network.actions.maturity import answer_request, ask_for_review, close_review, save_remarks
from csirt_network.forms.maturity import QuadrantForms, RemarkForm, ReviewForm
from csirt_network.maturity_pages import Assessed
from csirt_network.models import Assessment, PeerRemark, PeerReview
from csirt_network.sim3 import LEVELS
from csirt_network.views.maturity import detail_context
from csirt_network.views.maturity_finding import QUADRANTS, find_assessment, find_review, posted


@require_http_methods(["GET", "POST"])
def review_ask(request: HttpRequest, slug: str, version: int) -> HttpResponse:
    user: Any = request.user
    assessment = find_assessment(user, slug, version)
    if not user.has_perm("csirt_network.send_assessment", assessment.team) or not assessment.sent_at:
        raise PermissionDenied
    form = ReviewForm(posted(request), user=user, team=assessment.team)
    if form.is_valid():
        review = ask_for_review(assessment=assessment, by=user, **form.cleaned_data)
        messages.success(
            request, _("%(team)s is asked. It sees the assessment once it says yes.") % {"team": review.reviewer}
        )
        return redirect(assessment)
    context = detail_context(request, assessment, form=form)
    return render(request, "csirt_network/review_ask.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def peer_review(request: HttpRequest, pk: int) -> HttpResponse:
    """For the reviewing team, while it is open: the assessment, and beside each parameter what the team says to it."""
    user: Any = request.user
    review = find_review(user, pk)
    may_remark = is_under_way(review) and user.has_perm("csirt_network.remark", review)
    here = QUADRANTS.get(request.GET.get("quadrant", ""), QUADRANTS["organisation"])
    said = list(PeerRemark.objects.visible_to(user).filter(review=review))
    forms = QuadrantForms(RemarkForm, posted(request), here, said)
    errors = []
    if request.method == "POST":
        if not may_remark:
            raise PermissionDenied
        errors = [] if forms.is_valid() else forms.errors
        if not errors:
            save_remarks(review=review, remarks=forms.rows(), by=user)
            messages.success(request, _("Your remarks on %(quadrant)s are saved.") % {"quadrant": here.label})
            return redirect(f"{review.get_absolute_url()}?quadrant={here.name.lower()}")
    lines = _lines(user, review, here)
    context = {
        "review": review,
        "may_answer": review.is_open
        and not has_answer(review)
        and user.has_perm("csirt_network.answer_review", review),
        "may_remark": may_remark,
        "quadrant": here,
        "pairs": list(zip(lines, forms, strict=True)) if may_remark and lines else [],
        "remarks": [one for one in said if one.remark or one.level is not None],
        "tabs": _tabs(review, here),
        "levels": LEVELS,
        "errors": errors,
    }
    return render(request, "csirt_network/review.html", context, status=422 if errors else 200)


@require_POST
def review_answer(request: HttpRequest, pk: int) -> HttpResponse:
    user: Any = request.user
    review = find_review(user, pk)
    if not review.is_open or not user.has_perm("csirt_network.answer_review", review):
        raise PermissionDenied
    said = request.POST.get("answer")
    if said not in ("yes", "no"):
        messages.error(request, _("Say whether your team takes the review on."))
        return redirect(review)
    answer = answer_request(review=review, is_accepted=said == "yes", by=user)
    if answer.is_accepted:
        messages.success(request, _("Your team takes the review on. You see the assessment until it is closed."))
    else:
        words = _("%(team)s sees that your team does not take the review on.")
        messages.success(request, words % {"team": review.team})
    return redirect(review)


@require_POST
def review_close(request: HttpRequest, pk: int) -> HttpResponse:
    user: Any = request.user
    review = find_review(user, pk)
    if not user.has_perm("csirt_network.send_assessment", review.team):
        raise PermissionDenied
    close_review(review=review, by=user)
    words = _("The review is closed. %(team)s does not see the assessment any more; its remarks stay.")
    messages.success(request, words % {"team": review.reviewer})
    return redirect("team-maturity", review.team.slug)


def has_answer(review: PeerReview) -> bool:
    return hasattr(review, "answer")


def is_waiting(review: PeerReview) -> bool:
    return review.is_open and not has_answer(review)


def is_under_way(review: PeerReview) -> bool:
    return review.is_open and has_answer(review) and review.answer.is_accepted


def _lines(user: Any, review: PeerReview, here: Any) -> list[Any]:
    """Of one quadrant what the assessed team says, as far as this reader sees the assessment."""
    rows = Assessment.objects.visible_to(user).filter(pk=review.assessment_id).select_related("team")
    held = rows.prefetch_related("levels", "proofs").first()
    return dict(Assessed(held).groups())[here] if held else []


def _tabs(review: PeerReview, here: Any) -> list[dict[str, Any]]:
    url = review.get_absolute_url()
    return [
        {"url": f"{url}?quadrant={slug}", "label": quadrant.label, "current": quadrant == here}
        for slug, quadrant in QUADRANTS.items()
    ]
