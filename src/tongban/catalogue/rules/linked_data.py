"""A guide for machines: schema.org GovernmentService as JSON-LD, for search engines and maps."""

from collections.abc import Mapping
from typing import Any, Final

from tongban.catalogue.rules.item import Coded, GuideOnly, Item, Office
from tongban.kernel.figures import Limit

_DURATIONS: Final = {"day": "P{}D", "month": "P{}M", "hour": "PT{}H"}
"""ISO 8601. It knows no working day, so a promise in working days is not told to machines."""


def linked_data(item: Item | GuideOnly, *, address: str) -> dict[str, Any]:
    """The item as a `GovernmentService` (https://schema.org/GovernmentService). `address` is its page.

    What can only be read about has no channel and no price.
    """
    told: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "GovernmentService",
        "name": item.name,
        "url": address,
        "inLanguage": "zh-CN",
        "alternateName": list(item.words),
        "provider": {"@type": "GovernmentOrganization", "name": item.department},
        "audience": [_audience(one) for one in item.audience],
    }
    if item.sample:
        told["disambiguatingDescription"] = "样例，只供试用"
    return told | _offered(item, address) if isinstance(item, Item) else told


def _offered(item: Item, address: str) -> dict[str, Any]:
    told: dict[str, Any] = {
        "description": "；".join(item.conditions),
        "identifier": item.basic_code,
        "serviceType": item.item_type.name or item.item_type.code,
        "serviceOutput": {"@type": "Thing", "name": item.result},
        "availableChannel": [_at_an_office(item, one) for one in item.offices],
    }
    if "online" in item.channels:
        told["availableChannel"].insert(0, _channel(item.promised, {"serviceUrl": f"{address}/apply"}))
    if not item.fees:
        told["offers"] = {"@type": "Offer", "price": "0", "priceCurrency": "CNY"}
    return told


def _audience(one: Coded) -> dict[str, str]:
    return {"@type": "Audience", "audienceType": one.name or one.code}


def _at_an_office(item: Item, office: Office) -> dict[str, Any]:
    place = {"@type": "Place", "name": office.name, "address": office.address, "description": office.hours}
    phone = {"@type": "ContactPoint", "telephone": office.phone}
    return _channel(item.promised, {"serviceLocation": place, "servicePhone": phone})


def _channel(promised: Limit, told: Mapping[str, Any]) -> dict[str, Any]:
    duration = _DURATIONS.get(promised.unit)
    known = {"processingTime": duration.format(promised.value)} if duration and promised.value else {}
    return {"@type": "ServiceChannel", "availableLanguage": "zh-CN", **told, **known}
