"""All things, once every module that draws some has been imported."""

from scenes.things import (
    animals,
    belongings,
    buildings,
    farm,
    food,
    fruit,
    household,
    leisure,
    nature,
    people,
    toys,
    vehicles,
)
from scenes.things.registry import THINGS as _REGISTERED
from scenes.things.registry import Thing

MODULES = (animals, belongings, buildings, farm, food, fruit, household, leisure, nature, people, toys, vehicles)

THINGS: tuple[Thing, ...] = tuple(_REGISTERED[name] for name in sorted(_REGISTERED))
BY_NAME: dict[str, Thing] = dict(_REGISTERED)
