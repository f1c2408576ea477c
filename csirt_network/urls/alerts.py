"""Alerts as they are read: by whoever their label lets."""

from django.urls import path

from csirt_network.views import alert_list, alert_page, answering, sighting, talking

urlpatterns = [
    path("alerts/", alert_list.alert_list, name="alert-list"),
    path("alerts.csv", alert_list.alert_csv, name="alert-csv"),
    path("alerts.xlsx", alert_list.alert_xlsx, name="alert-xlsx"),
    path("alerts/<int:pk>/", alert_page.alert_detail, name="alert-detail"),
    path("alerts/<int:pk>/acknowledge/", answering.alert_acknowledge, name="alert-acknowledge"),
    path("alerts/<int:pk>/answers/", answering.alert_answers, name="alert-answers"),
    path("alerts/<int:pk>/answers.csv", answering.alert_answers_csv, name="alert-answers-csv"),
    path("alerts/<int:pk>/answers.xlsx", answering.alert_answers_csv, {"form": "xlsx"}, name="alert-answers-xlsx"),
    path("alerts/<int:pk>/indicators.csv", sighting.indicators_csv, name="alert-indicators-csv"),
    path("alerts/<int:pk>/indicators.xlsx", sighting.indicators_csv, {"form": "xlsx"}, name="alert-indicators-xlsx"),
    path("alerts/<int:pk>/indicators.txt", sighting.indicators_text, name="alert-indicators-text"),
    path("alerts/<int:pk>/sightings/", sighting.alert_sight, name="alert-sight"),
    path("alerts/<int:pk>/comments/", talking.comment_write, name="alert-comment"),
    path("alerts/<int:pk>/comments/<int:number>/withdraw/", talking.comment_withdraw, name="alert-comment-withdraw"),
    path("alerts/<int:pk>/corrections/propose/", talking.correction_propose, name="alert-correct"),
    path("alerts/<int:pk>/corrections/<int:number>/", talking.correction_decide, name="alert-correction"),
]
