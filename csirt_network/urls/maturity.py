from django.urls import path

from csirt_network.views import maturity, network_maturity, peer_reviews

TEAM = "csirts/<slug:slug>/maturity/"
ONE = f"{TEAM}<int:version>/"
TABLE = network_maturity.network_maturity_table

urlpatterns = [
    path(TEAM, maturity.team_maturity, name="team-maturity"),
    path(f"{TEAM}start/", maturity.assessment_start, name="assessment-start"),
    path(ONE, maturity.assessment_detail, name="assessment-detail"),
    path(f"{ONE}send/", maturity.assessment_send, name="assessment-send"),
    path(f"{ONE}workbook/", maturity.assessment_workbook, name="assessment-workbook"),
    path(f"{ONE}ask/", peer_reviews.review_ask, name="review-ask"),
    path(f"{ONE}<slug:quadrant>/", maturity.assessment_fill, name="assessment-fill"),
    path("network/reviews/<int:pk>/", peer_reviews.peer_review, name="peer-review"),
    path("network/reviews/<int:pk>/answer/", peer_reviews.review_answer, name="review-answer"),
    path("network/reviews/<int:pk>/close/", peer_reviews.review_close, name="review-close"),
    path("network/maturity/", network_maturity.network_maturity, name="maturity"),
    path("network/maturity.csv", TABLE, {"format": "csv"}, name="maturity-csv"),
    path("network/maturity.xlsx", TABLE, {"format": "xlsx"}, name="maturity-xlsx"),
    path("network/maturity/files/<uuid:token>/", maturity.proof_file, name="proof-file"),
    path("network/maturity/profiles/new/", network_maturity.profile_new, name="sim3-profile-new"),
    path("network/maturity/profiles/<slug:slug>/", network_maturity.profile_detail, name="sim3-profile"),
]
