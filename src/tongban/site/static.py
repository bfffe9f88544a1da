"""Static files: named by their content, so that a browser keeps each for ever and never sees a wrong one."""

from django.contrib.staticfiles.storage import StaticFilesStorage
from django.core.management import call_command
from whitenoise.storage import CompressedManifestStaticFilesStorage  # type: ignore[import-untyped]


class NamedByContent(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Files as `collect` named and compressed them; before that, under the names they lie under."""

    def url(self, name: str | None, force: bool = False) -> str:
        """The address of a file for a page."""
        if not self.hashed_files:
            return StaticFilesStorage.url(self, name)
        return str(super().url(name, force))


def collect() -> None:
    """Bring this version's static files under settings.STATIC_ROOT; those of others stay, for their pages.

    Call it before the first process serves: a process reads the names once.
    """
    call_command("collectstatic", interactive=False, verbosity=0)
