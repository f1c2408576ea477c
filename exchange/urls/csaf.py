"""Advisories of CSAF 2.0. The addresses of the provider are those of the standard (section 7.1)."""

from django.urls import path

from exchange.views import csaf

WHITE = ".well-known/csaf/white/"

urlpatterns = [
    path("alerts/<int:pk>/csaf/", csaf.alert_csaf, name="alert-csaf"),
    path(".well-known/csaf/provider-metadata.json", csaf.csaf_provider, name="csaf-provider"),
    path(WHITE, csaf.csaf_folder, name="csaf-folder"),
    path(f"{WHITE}index.txt", csaf.csaf_index, name="csaf-index"),
    path(f"{WHITE}changes.csv", csaf.csaf_changes, name="csaf-changes"),
    path(f"{WHITE}csaf-feed-tlp-white.json", csaf.csaf_rolie, name="csaf-rolie"),
    path(f"{WHITE}<int:year>/", csaf.csaf_folder, name="csaf-year"),
    path(f"{WHITE}<int:year>/<slug:name>.json", csaf.csaf_file, name="csaf-file"),
    path(f"{WHITE}<int:year>/<slug:name>.json.sha256", csaf.csaf_sha256, name="csaf-sha256"),
    path(f"{WHITE}<int:year>/<slug:name>.json.sha512", csaf.csaf_sha512, name="csaf-sha512"),
]
