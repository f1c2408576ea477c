from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from common.scope import reach_of
from oas_cyber.guide import access
from oas_cyber.guide.contextual import reads_as_staff
from oas_cyber.guide.styleguide import EXAMPLES
from oas_cyber.guide.tasks import GROUPS, LIAISONS, PARTNERS, TASKS, TEAMS, Group
from oas_cyber.guide.tour import LATER, leave, tick


@login_not_required
@require_safe
def help_index(request: HttpRequest) -> HttpResponse:
    return render(request, "help/index.html", {"groups": groups_of(request.user), "contact": settings.CONTACT})


@login_not_required
@require_safe
def help_task(request: HttpRequest, slug: str) -> HttpResponse:
    """Tasks of staff hold no secret: whoever was given the address may read them."""
    task = TASKS.get(slug)
    if task is None:
        raise Http404
    return render(request, task.template, {"task": task})


@login_not_required
@require_safe
def who_may(request: HttpRequest) -> HttpResponse:
    """No secret: the rules are the same for everybody, and what they guard is not told."""
    return render(request, "help/who_may.html", {"groups": access.GROUPS, "roles": access.ROLES.values()})


@require_safe
def styleguide(request: HttpRequest) -> HttpResponse:
    """For whoever makes pages: the programme's staff and administrators."""
    if not reads_as_staff(request.user):
        raise PermissionDenied
    examples = [(example, "" if example.place else example.shown(request)) for example in EXAMPLES]
    return render(request, "help/styleguide.html", {"examples": examples})


def groups_of(user: Any) -> list[Group]:
    """The own first; the tasks of staff only for staff and administrators."""
    reach = reach_of(user)
    is_staff = reads_as_staff(user)
    own = [(LIAISONS, reach.states), (TEAMS, reach.teams), (PARTNERS, reach.partners)]
    is_of_something = any(held for _group, held in own)
    others = [group for group, held in own if is_staff or (is_of_something and not held)]
    return sorted((group for group in GROUPS if is_staff or not group.only_staff), key=lambda group: group in others)


@require_POST
def tour(request: HttpRequest) -> HttpResponse:
    """Steps that were done in another way, and leaving: for now, for good, or taking it up again."""
    wish, _colon, step = request.POST.get("do", "").partition(":")
    if wish == "done":
        tick(request.user, [step])
    elif wish == "later":
        request.session[LATER] = True
        messages.info(request, _("The tour waits until you sign in again. You find it in the help as well."))
    elif wish == "leave":
        leave(request.user)
        messages.info(request, _("You have left the tour. You can take it up again in the help."))
    elif wish == "again":
        request.session.pop(LATER, None)
        leave(request.user, left=False)
    return redirect("landing")
