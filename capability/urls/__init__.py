"""Rounds, reviewing, and filling in; the fixed words of a path come before the slugs of sections."""

from capability.urls import review, rounds, update

urlpatterns = [*rounds.urlpatterns, *review.urlpatterns, *update.urlpatterns]
