from django.urls import path

from capability.views import files

urlpatterns = [
    path("files/<uuid:token>/withdraw/", files.file_withdraw, name="file-withdraw"),
    path("files/<uuid:token>/replace/", files.file_replace, name="file-replace"),
]
