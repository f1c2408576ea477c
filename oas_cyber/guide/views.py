from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from common.scope import reach_of
from oas_cyber.guide.tasks import GROUPS, LIAISONS, TASKS, Group


@login_not_required
@require_safe
def help_index(request: HttpRequest) -> HttpResponse:
    return render(request, "help/index.html", {"groups": groups_of(request.user)})


@login_not_required
@require_safe
def help_task(request: HttpRequest, slug: str) -> HttpResponse:
    """Tasks of staff hold no secret: whoever was given the address may read them."""
    task = TASKS.get(slug)
    if task is None:
        raise Http404
    return render(request, task.template, {"task": task})


def groups_of(user: Any) -> list[Group]:
    """The own first; the tasks of staff only for staff and administrators."""
    is_staff = reach_of(user).staff or getattr(user, "is_staff", False)
    listed = [group for group in GROUPS if is_staff or not group.only_staff]
    return sorted(listed, key=lambda group: is_staff and group is LIAISONS)
