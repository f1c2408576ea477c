"""For search engines: robots.txt, and the sitemap in as many files as it needs."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from public_site import sitemaps
from public_site.addresses import absolute
from public_site.robots import closed

XML = "application/xml; charset=utf-8"


@login_not_required
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    lines = ["User-agent: *", *(f"Disallow: {root}" for root in closed())]
    lines += ["", f"Sitemap: {settings.SITE_URL}{reverse('sitemap')}"]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@login_not_required
@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    named = (reverse("sitemap-part", args=[name, number]) for name, number in sitemaps.files())
    context = {"files": [settings.SITE_URL + file for file in named]}
    return render(request, "public_site/sitemap.xml", context, content_type=XML)


@login_not_required
@require_safe
def sitemap_part(request: HttpRequest, name: str, number: int) -> HttpResponse:
    if (name != sitemaps.PAGES and name not in sitemaps.SECTIONS) or not 1 <= number < 10_000:
        raise Http404
    paths = sitemaps.addresses(name, number)
    if not paths:
        raise Http404
    entries = [[(code, absolute(code, path)) for code, _name in settings.LANGUAGES] for path in paths]
    return render(request, "public_site/sitemap_part.xml", {"entries": entries}, content_type=XML)
