from django.urls import path

from csirt_network.views import library

urlpatterns = [
    path("library/", library.library, name="library"),
    path("library.csv", library.library_csv, name="library-csv"),
    path("library.xlsx", library.library_xlsx, name="library-xlsx"),
    path("library/new/", library.library_new, name="library-new"),
    path("library/<int:pk>/", library.library_item, name="library-item"),
    path("library/<int:pk>/edit/", library.library_edit, name="library-edit"),
    path("library/<int:pk>/version/", library.library_version, name="library-version"),
    path("library/<int:pk>/withdraw/", library.library_withdraw, name="library-withdraw"),
    path("library/files/<uuid:token>/", library.library_file, name="library-file"),
]
