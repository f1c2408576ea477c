from django.urls import path

from ministry_desk.views import asking, guest

ENQUIRIES = "states/<slug:state>/updates/<slug:round>/colleagues"

urlpatterns = [
    path(f"{ENQUIRIES}/", asking.enquiry_list, name="enquiry-list"),
    path(f"{ENQUIRIES}/ask/", asking.enquiry_new, name="enquiry-new"),
    path(f"{ENQUIRIES}/<int:pk>/", asking.enquiry_detail, name="enquiry-detail"),
    path(f"{ENQUIRIES}/<int:pk>/again/", asking.enquiry_again, name="enquiry-again"),
    path(f"{ENQUIRIES}/<int:pk>/revoke/", asking.enquiry_revoke, name="enquiry-revoke"),
    path(f"{ENQUIRIES}/<int:pk>/<str:question>/", asking.answer_settle, name="enquiry-settle"),
    path("colleague/link/<str:token>/", guest.link, name="colleague-link"),
    path("colleague/<int:pk>/", guest.answers, name="colleague"),
]
