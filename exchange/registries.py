"""Domains below which registries give names to many: top-level ones, and the second level in the member states.

A table of our own and not the Public Suffix List: what matters here are the names under the 35 country codes, and a
word too many refuses a claim that staff can be asked about.
"""

COUNTRIES = frozenset(
    "ag ar bs bb bz bo br ca cl co cr cu dm do ec sv gd gt gy ht hn jm mx ni pa py pe kn lc vc sr tt us uy ve".split()
)
# Second levels that registries of the region keep: https://www.iana.org/domains/root/db names the registries.
WORDS = frozenset(
    """
    ac acad adm adv agr alt art arts asso biz blog bus club co com coop ed edu eng ens etc fam firm fin flog fm fot
    game gob gobi gop gouv gov govt gub gen go health id imb ind inf info ing int jor jus k12 lawyer leg law log lel
    mdi med mil mp mun musica mutual name net ngo nom not ntr odo og one ong org oss osi ote parl perso ppg pol press
    pro prof psc psi pub qsl rec rel salud sec senasa sld slg sport srv store tec tel tm tmp trd tur tv us vet vlog
    web wiki zlg app dev
    """.split()
)
# Provinces, states and territories: names are given below qc.ca and la.us.
PARTS = {
    "ca": frozenset("ab bc gc mb nb nf nl ns nt nu on pe qc sk yk".split()),
    "us": frozenset(
        """
        ak al ar as az ca co ct dc de fl ga gu hi ia id il in ks ky la ma md me mi mn mo mp ms mt nc nd ne nh nj nm nv
        ny oh ok or pa pr ri sc sd tn tx um ut va vi vt wa wi wv wy dni fed isa kids nsn
        """.split()
    ),
}


def is_registry(domain: str) -> bool:
    """`domain` in its one form."""
    first, _dot, rest = domain.partition(".")
    if not rest:
        return True
    if "." in rest:
        return rest.endswith(".us") and first in ("k12", "lib", "cc", "tec", "state", "ci", "co")
    return rest in COUNTRIES and (first in WORDS or first in PARTS.get(rest, ()))
