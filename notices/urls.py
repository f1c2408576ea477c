from django.urls import path

from notices import views

urlpatterns = [
    path("mail/", views.mail_list, name="mail-list"),
    path("mail/<slug:name>/", views.mail_detail, name="mail-detail"),
]
