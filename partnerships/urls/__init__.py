"""Partnerships: each subject has its addresses in a file of its own."""

from django.urls import URLPattern

from partnerships.urls import agreements, partners, promises

urlpatterns: list[URLPattern] = [
    *agreements.urlpatterns,
    *partners.urlpatterns,
    *promises.urlpatterns,
]
