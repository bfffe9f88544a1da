"""What packs say, in the reader's language: by catalogues that stand beside the packs.

A text is Chinese in its pack, and that Chinese is its key. The catalogue of a language is
`locale/<language>/LC_MESSAGES/packs.mo` of the installation's packs folder, and behind it that of the shipped
packs: who changes a pack translates what they changed.
"""

from functools import cache
from gettext import NullTranslations, translation
from typing import Final

from django.conf import settings
from django.utils.translation import get_language, to_locale
from django.utils.translation import gettext as _

DOMAIN: Final = "packs"


def told(text: str) -> str:
    """What a pack says, in the language of the moment; in its own Chinese where nobody translated it.

    What no pack says comes back as it is. Costs nothing where Chinese is read.
    """
    language = reading_in()
    return _catalogue(language).gettext(text) if language and text else text


def cited(law: str, article: str) -> str:
    """Where a rule stands: 《行政许可法》第四十二条; in another language the law's own name stays beside."""
    return _("《%(law)s》%(article)s") % {"law": told(law), "article": told(article)}


def reading_in() -> str:
    """The language of the moment where packs must be translated for it; empty where their own is read."""
    language = get_language() or settings.LANGUAGE_CODE
    return "" if language == settings.LANGUAGE_CODE else language


@cache
def _catalogue(language: str) -> NullTranslations:
    """The words of a language. A catalogue that was changed is seen by the next start of the process."""
    found = NullTranslations()
    for folder in reversed(settings.PACKS_LOCALES):
        nearer = translation(DOMAIN, folder, [to_locale(language)], fallback=True)
        nearer.add_fallback(found)
        found = nearer
    return found
