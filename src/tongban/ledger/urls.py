"""Addresses of the ledger, from the site's root: its page, and the resources of C2SP tlog-tiles."""

from django.urls import path, register_converter

from tongban.engine.tlog import TILE_WIDTH, TileError
from tongban.engine.tlog.tiles import bundle_path
from tongban.ledger import endpoints, pages

app_name = "ledger"


class PlaceConverter:
    """Index and width of a tile or bundle: `x001/067` or `x001/067.p/8`, in the spelling of tlog-tiles."""

    regex = r"(?:x[0-9]{3}/){0,4}[0-9]{3}(?:\.p/[0-9]{1,3})?"

    def to_python(self, value: str) -> tuple[int, int]:
        groups, _, width = value.partition(".p/")
        place = int(groups.replace("/", "").replace("x", "")), int(width or TILE_WIDTH)
        if self.to_url(place) != value:
            raise ValueError(value)
        return place

    def to_url(self, place: tuple[int, int]) -> str:
        try:
            return bundle_path(*place).removeprefix("tile/entries/")
        except TileError as wrong:
            raise ValueError(str(wrong)) from wrong


class LevelConverter:
    """The level of a tile, 0 to 63, without leading zeros."""

    regex = r"[1-5]?[0-9]|6[0-3]"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, level: int) -> str:
        return str(level)


register_converter(PlaceConverter, "place")
register_converter(LevelConverter, "level")

urlpatterns = [
    path("ledger", pages.ledger, name="ledger"),
    path("ledger/checkpoint", endpoints.checkpoint, name="checkpoint"),
    path("ledger/keys", endpoints.keys, name="keys"),
    path("ledger/tile/entries/<place:place>", endpoints.entries, name="entries"),
    path("ledger/tile/<level:level>/<place:place>", endpoints.tile, name="tile"),
]
