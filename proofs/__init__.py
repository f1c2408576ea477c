"""Long proofs, run by `python3 dev.py prove`: what is promised when something breaks, shown by breaking it.

Each module has a function ``prove(house, quick)`` that yields what it found out; a broken promise is a Finding whose
`holds` is false. Each proof has servers and processes of its own, which nobody else uses and which are gone afterwards.
"""

PROOFS = {
    "workers": "workers killed at random moments",
    "broker": "the broker killed, empty when it is back, and away while updates are sent",
    "database": "immediate restarts of PostgreSQL under people who save and send",
    "mail": "a mail server that refuses, hangs and dies after it took a mail",
    "beat": "no beat for 26 hours, then three at once",
    "disk": "no room on the disk for files",
    "clocks": "schedules over five years in every time zone",
    "races": "the same key at once, two reviewers at once",
    "trail": "the sealed audit trail tampered with",
    "people": "two hundred people who click for ten minutes",
    "restore": "everything deleted, and the second before it brought back",
    "hostile": "hostile texts in every field, query, address and column",
    "walls": "the two walls against each other, on invented worlds",
    "labels": "the life of alerts walked at random, and every channel asked what it shows whom",
    "api": "the API as its description says, whatever is sent by whomever",
    "mutation": "small faults in the code of the access policy, each of which a test must notice",
}
