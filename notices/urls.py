from django.urls import path

from notices.views import mailbox, preferences

urlpatterns = [
    path("mail/", mailbox.mail_list, name="mail-list"),
    path("mail/<slug:name>/", mailbox.mail_detail, name="mail-detail"),
    path("profile/mail/", preferences.mail_preferences, name="mail-preferences"),
    path("unsubscribe/<str:token>/", preferences.mail_stop, name="mail-stop"),
]
