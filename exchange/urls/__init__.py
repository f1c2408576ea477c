"""What machines exchange: each subject has its addresses in a file of its own."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
