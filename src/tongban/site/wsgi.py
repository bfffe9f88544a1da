"""Where the web server enters."""

from importlib import import_module

from django.core.wsgi import get_wsgi_application

from tongban.engine.search import spellings, terms_of


def _load_what_is_slow() -> None:
    """Load what commands load only when they need it: no request shall wait for it."""
    for each in ("tongban.papers.signing", "openpyxl", "webauthn"):
        import_module(each)
    spellings("通办")
    terms_of("通办")


application = get_wsgi_application()
_load_what_is_slow()
