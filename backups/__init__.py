"""Backup and recovery to any second: the whole cluster, its write-ahead log, and the files rows speak of, encrypted.

    python -m backups make                      a base backup, once a day
    python -m backups keep                      the log and new files, all the time: at most a minute is ever missing
    python -m backups restore --data FOLDER --files FOLDER --identity FILE [--until "2026-11-30 14:32:07+00"]
    python -m backups prune --days 14           lets go of what is older

Needs no Django, so that it works when nothing else does. Row security hides nothing from it: the copy is of pages, not
of rows. The store is encrypted with age (https://age-encryption.org) to a public key; the private one is needed only to
restore, and is kept elsewhere.
"""
