"""The words of the product in its languages: read from the code, kept in locale/*/LC_MESSAGES/django.po.

Written in plain Python because a bare machine has no gettext. `extraction` needs Babel, which only developers
have: what runs in production (common/compiled.py) imports nothing from here.
"""
