"""Tags of MISP, by its taxonomies tlp, PAP and rsit: `tlp:amber+strict`, `PAP:GREEN`, `rsit:fraud="phishing"`."""

from collections.abc import Iterable, Iterator

from common.tlp import Pap, Tlp
from csirt_network import rsit

Tag = dict[str, str]
OF_TLP = {Tlp.CLEAR: "#ffffff", Tlp.GREEN: "#33ff00", Tlp.AMBER: "#ffc000", Tlp.STRICT: "#ffc000", Tlp.RED: "#ff2b2b"}
OF_PAP = {Pap.CLEAR: "#ffffff", Pap.GREEN: "#00ad1c", Pap.AMBER: "#ffa800", Pap.RED: "#ff0000"}
OF_RSIT = "#264a72"


def tlp_tag(label: str) -> Tag:
    return {"name": f"tlp:{label.lower()}", "colour": OF_TLP[Tlp(label)]}


def tags_of_alert(tlp: str, pap: str, incidents: Iterable[str]) -> list[Tag]:
    return [tlp_tag(tlp), {"name": f"PAP:{pap}", "colour": OF_PAP[Pap(pap)]}, *_of_rsit(incidents)]


def _of_rsit(codes: Iterable[str]) -> Iterator[Tag]:
    """A code is that of a class or of a type."""
    for code in dict.fromkeys(codes):
        if code in rsit.TYPES:
            yield {"name": rsit.misp_tag(rsit.TYPES[code].class_code, code), "colour": OF_RSIT}
        elif code in rsit.CLASSES:
            yield {"name": rsit.misp_tag(code), "colour": OF_RSIT}
