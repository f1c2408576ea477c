"""TAXII 2.1; discovery stands where the standard wants it (section 4.1)."""

from django.urls import path

from exchange.views.taxii import collections, objects, root

COLLECTION = "taxii2/network/collections/<str:collection>/"

urlpatterns = [
    path("taxii2/", root.discovery, name="taxii-discovery"),
    path("taxii2/network/", root.api_root, name="taxii-root"),
    path("taxii2/network/status/<uuid:status>/", root.status, name="taxii-status"),
    path("taxii2/network/collections/", collections.collection_list, name="taxii-collections"),
    path(COLLECTION, collections.collection_detail, name="taxii-collection"),
    path(f"{COLLECTION}manifest/", objects.manifest, name="taxii-manifest"),
    path(f"{COLLECTION}objects/", objects.objects, name="taxii-objects"),
    path(f"{COLLECTION}objects/<str:stix_id>/", objects.object_detail, name="taxii-object"),
    path(f"{COLLECTION}objects/<str:stix_id>/versions/", objects.versions, name="taxii-versions"),
    path("taxii2/<path:rest>", root.nothing, name="taxii-nothing"),  # the last
]
