"""Examples in the description of the API, by the name of what they show; a test holds each against its own schema."""

from typing import Any

EXAMPLES: dict[str, Any] = {
    # What is sent
    "GivenUpdateRequest": {
        "answers": [
            {
                "question": "D1.1",
                "stage": 3,
                "text": "The policy was adopted.",
                "evidence": [{"title": "Decree 7", "link": "https://www.example.org/7"}],
            },
            {"question": "D1.2", "still_true": True},
            {"question": "csirt", "facts": {"status": "operational", "name": "CSIRT-CL"}},
            {"question": "threats", "facts": {"malicious-code": {"level": "high"}}},
            {"question": "requests", "facts": {"4": "An exercise"}},
        ]
    },
    "GivenAlertAnswerRequest": {"answer": "checking", "note": "The mail servers are searched."},
    "GivenSightingRequest": {"indicator": None, "kind": "seen", "count": 4, "seen_on": "2026-11-01"},
    "GivenDeliveryRequest": {
        "what": "Thirty places in the course for analysts.",
        "on": "2026-10-30",
        "link": "https://www.example.org/course",
        "fulfils": True,
    },
    "GivenResponseRequest": {"text": "We tell the ministry and cut off the server.", "team": "csirt-cl"},
    # What is answered
    "MemberState": {
        "slug": "antigua-and-barbuda",
        "alpha2": "AG",
        "alpha3": "ATG",
        "name": "Antigua and Barbuda",
        "sub_region": "Caribbean",
        "official_languages": "English",
        "year_joined": 1981,
        "is_founder": False,
        "in_caricom": True,
        "participates": True,
    },
    "Update": {
        "id": 96,
        "state": "uruguay",
        "round": "2026-2",
        "edition": 2021,
        "status": "accepted",
        "due_on": "2026-11-16",
        "extended_until": None,
        "answered": 27,
        "last_saved_at": "2026-11-10T10:24:00-05:00",
        "accepted_at": "2026-11-14T12:16:00-05:00",
    },
    "Alert": {
        "id": 5,
        "code": "2026-005",
        "version": 1,
        "tlp": "AMBER",
        "pap": "AMBER",
        "kind": "warning",
        "title": "Fake tax refund messages used to take over government e-mail accounts",
        "from_team": None,
        "is_exercise": False,
        "published_at": "2026-11-20T10:14:00-05:00",
        "answer_by": "2026-11-24T12:00:00-05:00",
        "closed_at": None,
        "rsit": ["fraud", "phishing"],
        "cves": [],
        "languages": ["en", "es", "fr", "pt-br"],
    },
    "Problem": {
        "type": "about:blank",
        "title": "Bad Request",
        "status": 400,
        "detail": "stage: A valid integer is required.",
        "errors": [{"field": "stage", "detail": "A valid integer is required."}],
    },
}


def with_examples(result: dict[str, Any], **_given: Any) -> dict[str, Any]:
    components = result["components"]["schemas"]
    for name in EXAMPLES.keys() & components.keys():
        components[name]["examples"] = [EXAMPLES[name]]
    return result
