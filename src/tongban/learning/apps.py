"""Django's registration of the context."""

from django.apps import AppConfig


class LearningConfig(AppConfig):
    """Exercises."""

    name = "tongban.learning"
    label = "learning"
    verbose_name = "练习"
    default = True


class ExerciseConfig(LearningConfig):
    """The same where exercises are run: nobody outside is told of anything, and no worker waits for jobs."""

    default = False

    def ready(self) -> None:
        """Let arrivals join their queues, and nothing more come of what is sealed."""
        from tongban.cases import api as cases
        from tongban.ledger import api as ledger

        ledger.supply(arrived=cases.place_arrivals, tell=lambda rows: None)
