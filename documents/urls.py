from django.urls import path

from documents import views

urlpatterns = [
    path("sources/", views.source_list, name="source-list"),
    path("sources.csv", views.source_table, name="source-table-csv"),
    path("sources.xlsx", views.source_table, {"form": "xlsx"}, name="source-table-xlsx"),
    path("files/<uuid:token>/", views.file_download, name="file-download"),
]
