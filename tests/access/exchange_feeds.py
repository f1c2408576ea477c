"""What programs fetch of alerts: advisories of the provider."""

from typing import Any

KINDS = ("advisory",)


def feed_arguments(world: Any, kind: str, which: str) -> dict[str, Any]:
    """The parts of the path for `advisory:public`."""
    alert = world.alerts[which]
    return {"year": alert.published_at.year, "name": f"oas-{alert.code}"}
