"""The words of notes verbales, written in each language by itself: diplomatic form is not translated word by word.

Constants and no catalogue: a note goes out in the language of the state, whatever language the portal is read in.
"""

from collections.abc import Mapping

from correspondence.wording.en import ENGLISH
from correspondence.wording.es import SPANISH
from correspondence.wording.form import Wording
from correspondence.wording.fr import FRENCH
from correspondence.wording.pt_br import PORTUGUESE

WORDINGS: Mapping[str, Wording] = {"en": ENGLISH, "es": SPANISH, "fr": FRENCH, "pt-br": PORTUGUESE}

__all__ = ["WORDINGS", "Wording"]
