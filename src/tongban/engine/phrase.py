"""A sentence as a value: Chinese wherever it is kept or sent, and still to be spoken in another language.

What pure rules have to say cannot know its reader. A phrase therefore is its Chinese text, and carries the
template and the values it was made of, so that whoever shows it can say the same in the reader's language.
"""

from collections.abc import Mapping


class Phrase(str):
    """A Chinese sentence, its `template` with `%(name)s` for what is filled in, and what fills it.

    A value may be a phrase itself. Compared, stored, sent and printed it is a plain string.
    """

    __slots__ = ("template", "values")

    template: str
    values: Mapping[str, object]


def phrase(template: str, /, **values: object) -> Phrase:
    """The phrase of a template; without values the template is the sentence itself."""
    made = Phrase(template % values if values else template)
    made.template, made.values = template, values
    return made
