"""Settings of an exercise: those of the site, with the learners' tables, addresses, clock and frame.

No other installation reads this file. It is refused outside a data folder that `tongban exercise` has marked,
so that nobody runs it by a slip of the environment.
"""

from django.core.exceptions import ImproperlyConfigured

from tongban.site.settings import *  # noqa: F403 - they are the site's but for what follows
from tongban.site.settings import INSTALLED_APPS as _APPS
from tongban.site.settings import MIDDLEWARE as _MIDDLEWARE
from tongban.site.settings import TEMPLATES as _TEMPLATES
from tongban.site.settings import VAR as _VAR

MARK = "exercise"
"""The file that marks a data folder as an exercise's."""

if not (_VAR / MARK).exists():
    raise ImproperlyConfigured("these settings are for exercises alone: run `tongban exercise`")

LEDGER_ORIGIN = "tongban.exercise/ledger"
"""The name of the log of every exercise: no log of a real installation bears it."""
INSTALLED_APPS = [*_APPS, "tongban.learning.apps.ExerciseConfig"]
ROOT_URLCONF = "tongban.learning.addresses"
# After the moment was given: a learner's is that of their exercise.
MIDDLEWARE = [*_MIDDLEWARE, "tongban.learning.clock.of_the_learner"]
TEMPLATES = [
    one
    | {
        "OPTIONS": one["OPTIONS"]  # type: ignore[operator]
        | {
            "context_processors": [
                *one["OPTIONS"]["context_processors"],  # type: ignore[index]
                "tongban.learning.clock.frame",
            ]
        }
    }
    for one in _TEMPLATES
]
OFFICERS_BEGIN_AT = "/exercise"
# Nothing leaves an exercise.
EMAIL_HOST = ""
