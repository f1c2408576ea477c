from django.urls import path

from public_site.views import data, embed, finding, policy

urlpatterns = [
    path("robots.txt", finding.robots, name="robots"),
    path("sitemap.xml", finding.sitemap, name="sitemap"),
    path("sitemap-<slug:name>-<int:number>.xml", finding.sitemap_part, name="sitemap-part"),
    path("open-data/", data.open_data, name="open-data"),
    path("open-data/datapackage.json", data.open_data_package, name="open-data-package"),
    path("open-data/catalog.jsonld", data.open_data_catalog, name="open-data-catalog"),
    path("open-data/<slug:slug>.csv", data.dataset_csv, name="dataset-csv"),
    path("open-data/<slug:slug>.json", data.dataset_json, name="dataset-json"),
    path("open-data/<slug:slug>/", data.dataset, name="dataset"),
    path("embed/", embed.map_to_embed, name="map-to-embed"),
    path("embed/map/", embed.map_embedded, name="map-embedded"),
    path("security/", policy.disclosure_policy, name="disclosure-policy"),
]
