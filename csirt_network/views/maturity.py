"""A team's SIM3 assessments: read, filled in, sent and taken along as a workbook."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.audit import record_read
from common.downloads import xlsx_response
from csirt_network.actions.maturity import (
    ChangedMeanwhile,
    NothingAssessed,
    save_levels,
    send_assessment,
    start_assessment,
)
from csirt_network.forms.maturity import LevelForm, QuadrantForms
from csirt_network.maturity_pages import Assessed, ParameterLine, TeamMaturity, remarks_of, reviews_of
from csirt_network.models import Assessment, PeerReview, ProofFile, Team
from csirt_network.sim3 import LEVELS, Quadrant
from csirt_network.views.maturity_finding import QUADRANTS, find_assessment, find_team, posted, slug_of
from documents.refusal import Refused
from documents.serving import as_download


@require_safe
def team_maturity(request: HttpRequest, slug: str) -> HttpResponse:
    user: Any = request.user
    team = find_team(user, slug)
    page = TeamMaturity(user, team, request.GET.get("profile", ""))
    if not page.every and not user.has_perm("csirt_network.view_maturity", team):
        raise Http404
    context = {
        "team": team,
        "page": page,
        "may_send": user.has_perm("csirt_network.send_assessment", team),
        "asked": _asked(user, team),
    }
    return render(request, "csirt_network/maturity.html", context)


@require_POST
def assessment_start(request: HttpRequest, slug: str) -> HttpResponse:
    user: Any = request.user
    team = find_team(user, slug)
    if not user.has_perm("csirt_network.send_assessment", team):
        raise PermissionDenied
    return redirect(start_assessment(team=team, by=user))


@require_safe
def assessment_detail(request: HttpRequest, slug: str, version: int) -> HttpResponse:
    assessment = find_assessment(request.user, slug, version)
    return render(request, "csirt_network/assessment.html", detail_context(request, assessment))


def detail_context(request: HttpRequest, assessment: Assessment, **more: Any) -> dict[str, Any]:
    user: Any = request.user
    team, reviews = assessment.team, reviews_of(request.user, assessment)
    held = Assessed(assessment)
    return {
        "team": team,
        "assessment": assessment,
        "held": held,
        "groups": [(quadrant, slug_of(quadrant), lines) for quadrant, lines in held.groups(remarks_of(reviews))],
        "reviews": reviews,
        "levels": LEVELS,
        "may_fill": not assessment.sent_at and user.has_perm("csirt_network.assess", team),
        "may_send": user.has_perm("csirt_network.send_assessment", team),
        **more,
    }


@require_http_methods(["GET", "POST"])
def assessment_fill(request: HttpRequest, slug: str, version: int, quadrant: str) -> HttpResponse:
    """One quadrant at a time. What was typed stays when somebody else has saved meanwhile."""
    user: Any = request.user
    assessment = find_assessment(user, slug, version)
    if not user.has_perm("csirt_network.assess", assessment.team) or assessment.sent_at:
        raise PermissionDenied
    here = _quadrant(quadrant)
    forms = QuadrantForms(LevelForm, posted(request), here, assessment.levels.all(), request.FILES or None)
    forms.show_proofs(assessment.proofs.all())
    errors = forms.errors if request.method == "POST" and not forms.is_valid() else []
    if request.method == "POST" and not errors:
        try:
            _save(assessment, forms, edited=_edited(request), by=user)
        except ChangedMeanwhile:
            errors = [{"id": "", "text": _changed_meanwhile()}]
        except Refused as refusal:
            errors = [{"id": "", "text": refusal.messages[0]}]
        else:
            messages.success(request, _("%(quadrant)s is saved.") % {"quadrant": here.label})
            return _after_saving(assessment, here)
    context = {"team": assessment.team, "assessment": assessment, "quadrant": here, "forms": forms, "errors": errors}
    context |= {"tabs": _tabs(assessment, here), "levels": LEVELS}
    return render(request, "csirt_network/assessment_fill.html", context, status=422 if errors else 200)


def _save(assessment: Assessment, forms: QuadrantForms, *, edited: int, by: Any) -> None:
    save_levels(
        assessment=assessment,
        levels=forms.rows(),
        edited=edited,
        by=by,
        uploads=forms.uploads(),
        taken_away=forms.taken_away(),
    )


@require_safe
def proof_file(request: HttpRequest, token: UUID) -> FileResponse:
    """For whoever reads the assessment. Who takes it along is recorded, as with the workbook."""
    proof = get_object_or_404(ProofFile.objects.visible_to(request.user).select_related("assessment"), token=token)
    if request.method == "GET":
        is_private = not proof.assessment.sent_at
        request.after_response.append(lambda: record_read(request, proof, private=is_private))  # type: ignore[attr-defined]
    return as_download(proof, proof.name)


@require_POST
def assessment_send(request: HttpRequest, slug: str, version: int) -> HttpResponse:
    user: Any = request.user
    assessment = find_assessment(user, slug, version)
    if not user.has_perm("csirt_network.send_assessment", assessment.team):
        raise PermissionDenied
    try:
        send_assessment(assessment=assessment, by=user)
    except NothingAssessed:
        error = _("No parameter has a level yet. Assess at least one, then send.")
        context = detail_context(request, assessment, errors=[{"id": "", "text": error}])
        return render(request, "csirt_network/assessment.html", context, status=422)
    messages.success(request, _("The assessment is sent. It stays as it is; the next one begins with what it says."))
    return redirect("team-maturity", assessment.team.slug)


@require_safe
def assessment_workbook(request: HttpRequest, slug: str, version: int) -> FileResponse:
    """All that stands in it, with what reviewing teams say. Who takes it along is recorded."""
    assessment = find_assessment(request.user, slug, version)
    remarks = remarks_of(reviews_of(request.user, assessment))
    request.after_response.append(  # type: ignore[attr-defined]
        lambda: record_read(request, assessment, private=not assessment.sent_at)
    )
    name = f"sim3-{assessment.team.slug}-{assessment.version}.xlsx"
    return xlsx_response(_rows(Assessed(assessment), remarks), name)


def _rows(held: Assessed, remarks: list[Any]) -> Iterator[list[Any]]:
    heads = (_("Parameter"), _("Code"), _("Quadrant"), _("Level"), _("What it means"), _("What proves it"))
    yield [*heads, _("Link to the proof"), _("File that proves it"), _("Note"), _("Remarks of reviewing teams")]
    for quadrant, lines in held.groups(remarks):
        for line in lines:
            yield _row(quadrant, line)


def _row(quadrant: Quadrant, line: ParameterLine) -> list[Any]:
    said = line.said
    file = line.proof.name if line.proof else ""
    proofs = (said.evidence, said.link, file, said.note) if said else ("", "", file, "")
    told = "\n".join(_remark(remark) for remark in line.remarks)
    code = line.parameter.code
    return [str(line.parameter.name), code, str(quadrant.label), line.level, str(line.words), *proofs, told]


def _remark(remark: Any) -> str:
    about = {"team": remark.review.reviewer, "level": remark.level, "remark": remark.remark}
    if remark.level is None:
        return _("%(team)s: %(remark)s") % about
    return _("%(team)s, level %(level)s: %(remark)s") % about


def _asked(user: Any, team: Team) -> list[PeerReview]:
    """The reviews this team was asked for and that are open: for its own people."""
    if not user.has_perm("csirt_network.assess", team):
        return []
    mine = PeerReview.objects.visible_to(user).open().filter(reviewer=team).exclude(answer__is_accepted=False)
    return list(mine.select_related("team", "answer"))


def _quadrant(slug: str) -> Quadrant:
    if slug not in QUADRANTS:
        raise Http404
    return QUADRANTS[slug]


def _edited(request: HttpRequest) -> int:
    typed = request.POST.get("edited", "")
    return int(typed) if typed.isdecimal() and len(typed) < 9 else -1


def _changed_meanwhile() -> str:
    return _(
        "Somebody of your team saved in the meantime. Nothing of yours is saved yet: what you typed stands below. "
        "Open the page again in another tab, compare, and save there."
    )


def _after_saving(assessment: Assessment, quadrant: Quadrant) -> HttpResponse:
    following = list(Quadrant)[list(Quadrant).index(quadrant) + 1 :]
    if not following:
        return redirect(assessment)
    return redirect("assessment-fill", assessment.team.slug, assessment.version, slug_of(following[0]))


def _tabs(assessment: Assessment, here: Quadrant) -> list[dict[str, Any]]:
    base = assessment.get_absolute_url()
    return [
        {"url": f"{base}{slug}/", "label": quadrant.label, "current": quadrant == here}
        for slug, quadrant in QUADRANTS.items()
    ]
