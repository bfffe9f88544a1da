"""What a page weighs over the wire, everything it needs included: a phone on a bad network opens it."""

import gzip
import re
from functools import cache
from pathlib import Path

import brotli
from django.contrib.staticfiles import finders
from django.test import Client

from tests.journeys.people import City, signed_in
from tests.journeys.states import visits

HOME, OTHERS = 60_000, 80_000
"""Bytes."""

CHIEF = {
    "home",
    "home-signed-in",
    "guide",
    "apply",
    "case-accepted",
    "mine",
    "wallet",
    "certificate",
    "ledger",
    "verify",
    "sign-in",
    "receipt",
    "desk",
    "desk-case-taken",
}


def test_the_chief_pages_weigh_little(city: City, packs: None) -> None:
    weights = {}
    for visit in visits(city):
        if visit.name in CHIEF:
            client = signed_in(visit.who) if visit.who else Client()
            weights[visit.name] = weight(client, visit.address)
    assert set(weights) == CHIEF
    heavy = {
        name: bytes_
        for name, bytes_ in weights.items()
        if bytes_ > (HOME if name.startswith("home") else OTHERS)
    }
    assert heavy == {}


def weight(client: Client, address: str) -> int:
    """Bytes of a page, compressed as it is sent, and of every style, script and picture it names."""
    answer = client.get(address, headers={"accept-encoding": "gzip"})
    assert answer.status_code == 200 and answer["Content-Encoding"] == "gzip"
    html = gzip.decompress(answer.content).decode()
    needed = set(re.findall(r'(?:src|href)="/static/([^"?]+)"', html))
    assert needed >= {"tongban/tokens.css", "tongban/tongban.css"}
    pictures = [
        picture for picture in re.findall(r'src="(/[^"]+)"', html) if not picture.startswith("/static/")
    ]
    return (
        len(answer.content)
        + sum(map(_compressed, needed))
        + sum(len(client.get(each).content) for each in pictures)
    )


@cache
def _compressed(name: str) -> int:
    found = finders.find(name)
    assert found, name
    return len(brotli.compress(Path(found).read_bytes()))
