"""Files that hang on something: what they are, and the address from which people download them."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from rest_framework import serializers


class KeptFileSerializer(serializers.Serializer[Any]):
    name = serializers.CharField()
    media_type = serializers.CharField()
    size = serializers.IntegerField(help_text="In bytes.")
    sha256 = serializers.CharField()
    address = serializers.SerializerMethodField(help_text="Where people download it.")

    route = ""

    def get_address(self, file: Any) -> str:
        return settings.SITE_URL + reverse(self.route, args=self.arguments(file))

    def arguments(self, file: Any) -> list[Any]:
        return [file.token]
