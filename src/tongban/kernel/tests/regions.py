"""A small map for tests of who may do what."""

# Each district and the larger regions around it, told here by hand and not by their codes.
AROUND = {
    "510104": {"510104", "510100", "510000"},
    "510105": {"510105", "510100", "510000"},
    "510100": {"510100", "510000"},
    "530702": {"530702", "530700", "530000"},
    "510104022": {"510104022", "510104", "510100", "510000"},
}
REGIONS = sorted({region for around in AROUND.values() for region in around})
