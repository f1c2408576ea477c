"""The site map: nouns with slugs, the same in all languages."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("", include("capability.urls")),
    path("", include("reporting.urls")),
    path("", include("documents.urls")),
    path("", include("accounts.urls")),
    path("administration/", admin.site.urls),
]
