from django.urls import path

from documents import views

urlpatterns = [
    path("sources/", views.source_list, name="source-list"),
    path("files/<uuid:token>/", views.file_download, name="file-download"),
]
