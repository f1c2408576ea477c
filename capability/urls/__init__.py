"""Rounds, reviewing, and filling in; the fixed words of a path come before the slugs of sections."""

from capability.urls import files, review, rounds, update

urlpatterns = [*files.urlpatterns, *rounds.urlpatterns, *review.urlpatterns, *update.urlpatterns]
