"""Domains below which registries give names to many: top-level ones, and the second level in the member states.

A table of our own and not the Public Suffix List: what matters here are the names under the 35 country codes, and a
word too many refuses a claim that staff can be asked about.
"""

COUNTRIES = {
    "ag", "ar", "bb", "bo", "br", "bs", "bz", "ca", "cl", "co", "cr", "cu", "dm", "do", "ec", "gd", "gt", "gy",
    "hn", "ht", "jm", "kn", "lc", "mx", "ni", "pa", "pe", "py", "sr", "sv", "tt", "us", "uy", "vc", "ve",
}  # fmt: skip
# Second levels that registries of the region keep, but those of Canada and the United States.
WORDS = {
    "ac", "acad", "adm", "adv", "agr", "alt", "app", "art", "arts", "asso", "biz", "blog", "bus", "club", "co",
    "com", "coop", "dev", "ed", "edu", "eng", "ens", "etc", "fam", "fin", "firm", "flog", "fm", "fot", "game",
    "gen", "go", "gob", "gobi", "gop", "gouv", "gov", "govt", "gub", "health", "id", "imb", "ind", "inf", "info",
    "ing", "int", "jor", "jus", "k12", "law", "lawyer", "leg", "lel", "log", "mdi", "med", "mil", "mp", "mun",
    "musica", "mutual", "name", "net", "ngo", "nom", "not", "ntr", "odo", "og", "one", "ong", "org", "osi", "oss",
    "ote", "parl", "perso", "pol", "ppg", "press", "pro", "prof", "psc", "psi", "pub", "qsl", "rec", "rel",
    "salud", "sec", "senasa", "sld", "slg", "sport", "srv", "store", "tec", "tel", "tm", "tmp", "trd", "tur",
    "tv", "us", "vet", "vlog", "web", "wiki", "zlg",
}  # fmt: skip
# Provinces, states and territories: names are given below qc.ca and la.us.
PARTS = {
    "ca": {
        "ab", "bc", "gc", "mb", "nb", "nf", "nl", "ns", "nt", "nu", "on", "pe", "qc", "sk", "yk",
    },
    "us": {
        "ak", "al", "ar", "as", "az", "ca", "co", "ct", "dc", "de", "dni", "fed", "fl", "ga", "gu", "hi", "ia",
        "id", "il", "in", "isa", "kids", "ks", "ky", "la", "ma", "md", "me", "mi", "mn", "mo", "mp", "ms", "mt",
        "nc", "nd", "ne", "nh", "nj", "nm", "nsn", "nv", "ny", "oh", "ok", "or", "pa", "pr", "ri", "sc", "sd",
        "tn", "tx", "um", "ut", "va", "vi", "vt", "wa", "wi", "wv", "wy",
    },
}  # fmt: skip
BELOW_STATES = {"cc", "ci", "co", "k12", "lib", "state", "tec"}  # such as k12.ca.us


def is_registry(domain: str) -> bool:
    """`domain` in its one form."""
    first, _dot, rest = domain.partition(".")
    if not rest:
        return True
    if "." in rest:
        return rest.endswith(".us") and rest.count(".") == 1 and first in BELOW_STATES
    return rest in COUNTRIES and first in PARTS.get(rest, WORDS)
