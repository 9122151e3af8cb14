"""What lies outside the walls, or in them, by its English name. Pure."""

AREAS = frozenset(
    {"garden", "yard", "backyard", "patio", "terrace", "balcony", "porch", "driveway", "outside"}
    | {"outdoor", "outdoors", "deck", "front yard", "pool"}
)
"""Names of areas that are outdoors."""
_PLACES = AREAS | {"door", "doorstep", "doorbell", "entrance", "gate", "drive", "street", "carport"}
_PLACES |= {"lawn", "fence", "mailbox", "letterbox", "pavement", "sidewalk", "shed"}


def is_outdoors(name: str) -> bool:
    """By its last word: "back garden", "front door"."""
    return name.casefold().split()[-1] in _PLACES if name.strip() else False
