from django.urls import path

from capability.views import inbox, review, sharing, submissions

UPDATE = "states/<slug:state>/updates/<slug:round>"

urlpatterns = [
    path("updates/", inbox.update_inbox, name="update-inbox"),
    path(f"{UPDATE}/review/", review.update_review, name="update-review"),
    path(f"{UPDATE}/review/unchanged/", review.unchanged_accept, name="unchanged-accept"),
    path(f"{UPDATE}/review/return/", review.update_return, name="update-return"),
    path(f"{UPDATE}/review/accept/", review.update_accept, name="update-accept"),
    path(f"{UPDATE}/review/<int:number>/<str:question>/", review.decision_save, name="decision-save"),
    path(f"{UPDATE}/submissions/<int:number>/", submissions.submission_detail, name="submission-detail"),
    path(f"{UPDATE}/history/", submissions.update_history, name="update-history"),
    path("states/<slug:state>/sharing/", sharing.state_sharing, name="state-sharing"),
]
