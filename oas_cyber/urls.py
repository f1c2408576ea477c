"""The site map: nouns with slugs, the same in all languages."""

from django.contrib import admin
from django.urls import include, path

from oas_cyber import health, security_txt
from oas_cyber.metrics import metrics

urlpatterns = [
    path("api/v1/", include("oas_cyber.api_urls")),
    path("administration/", admin.site.urls),
    path(".well-known/security.txt", security_txt.security_txt, name="security-txt"),
    path("health/live/", health.live, name="health-live"),
    path("health/ready/", health.ready, name="health-ready"),
    path("metrics/", metrics, name="metrics"),
    path("", include("public_site.urls")),
    path("", include("ministry_desk.urls")),  # its fixed words come before the slugs of sections
    path("", include("correspondence.urls")),
    path("", include("imports.urls")),
    path("", include("invitations.urls")),
    path("", include("partnerships.urls")),
    path("", include("action_plan.urls")),
    path("", include("exchange.urls")),
    path("", include("csirt_network.urls")),
    path("", include("capability.urls")),
    path("", include("reporting.urls")),
    path("", include("search.urls")),
    path("", include("documents.urls")),
    path("", include("notices.urls")),
    path("", include("accounts.urls")),
    path("", include("oas_cyber.guide.urls")),
]

handler500 = "oas_cyber.requests.broken"
