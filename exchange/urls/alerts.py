"""Alerts of the portal as tools read them."""

from django.urls import path

from exchange.views import alerts

urlpatterns = [path("alerts/<int:pk>/stix/", alerts.alert_stix, name="alert-stix")]
