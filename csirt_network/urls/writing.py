"""Alerts as they are written."""

from django.urls import path

from csirt_network.views import drafts, labelling, publishing

ALERT = "alerts/<int:pk>/"

urlpatterns = [
    path("alerts/drafts/", drafts.alert_drafts, name="alert-drafts"),
    path("alerts/new/", drafts.alert_new, name="alert-new"),
    path(f"{ALERT}edit/", drafts.alert_edit, name="alert-edit"),
    path(f"{ALERT}preview/", publishing.alert_preview, name="alert-preview"),
    path(f"{ALERT}ask/", publishing.alert_ask_second, name="alert-ask-second"),
    path(f"{ALERT}countersign/", publishing.alert_countersign, name="alert-countersign"),
    path(f"{ALERT}publish/", publishing.alert_publish, name="alert-publish"),
    path(f"{ALERT}hand-over/", publishing.alert_hand_over, name="alert-hand-over"),
    path(f"{ALERT}give-back/", publishing.alert_give_back, name="alert-give-back"),
    path(f"{ALERT}version/", drafts.alert_version, name="alert-version"),
    path(f"{ALERT}label/", labelling.alert_label, name="alert-label"),
    path(f"{ALERT}label/agree/", labelling.alert_label_agree, name="alert-label-agree"),
    path(f"{ALERT}close/", publishing.alert_close, name="alert-close"),
    path(f"{ALERT}files/<uuid:token>/", drafts.alert_file, name="alert-file"),
]
