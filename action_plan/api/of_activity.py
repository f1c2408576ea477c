"""The record of a single point tells of its activity: a course, a mission, a campaign, a need for expertise."""

from typing import Any

from rest_framework import serializers


class OfActivitySerializer(serializers.ModelSerializer[Any]):
    slug = serializers.SlugField(source="activity.slug", read_only=True)
    title = serializers.CharField(source="activity.title", read_only=True)
    status = serializers.CharField(source="activity.status", read_only=True)
    starts_on = serializers.DateField(source="activity.starts_on", read_only=True, allow_null=True)
    ends_on = serializers.DateField(source="activity.ends_on", read_only=True, allow_null=True)
