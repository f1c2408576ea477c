from django.urls import path

from capability.views import discussion, inbox, review, sharing, submissions, withdrawing

UPDATE = "states/<slug:state>/updates/<slug:round>"

urlpatterns = [
    path("updates/", inbox.update_inbox, name="update-inbox"),
    path(f"{UPDATE}/review/", review.update_review, name="update-review"),
    path(f"{UPDATE}/review/unchanged/", review.unchanged_accept, name="unchanged-accept"),
    path(f"{UPDATE}/review/return/", review.update_return, name="update-return"),
    path(f"{UPDATE}/review/accept/", review.update_accept, name="update-accept"),
    path(f"{UPDATE}/review/assign/", discussion.reviewer_assign, name="reviewer-assign"),
    path(f"{UPDATE}/review/notes/", discussion.note_write, name="note-write"),
    path(f"{UPDATE}/review/opinions/<int:pk>/", discussion.opinion_give, name="opinion-give"),
    path(f"{UPDATE}/review/<int:number>/<str:question>/opinion/", discussion.opinion_ask, name="opinion-ask"),
    path(f"{UPDATE}/review/withdraw/", withdrawing.acceptance_withdraw, name="acceptance-withdraw"),
    path(f"{UPDATE}/review/<int:number>/<str:question>/", review.decision_save, name="decision-save"),
    path(f"{UPDATE}/submissions/<int:number>/", submissions.submission_detail, name="submission-detail"),
    path(f"{UPDATE}/history/", submissions.update_history, name="update-history"),
    path("states/<slug:state>/sharing/", sharing.state_sharing, name="state-sharing"),
]
