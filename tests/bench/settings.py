"""The settings of the hub, and the plain page model that it is measured against."""

from hub.settings import *  # noqa: F403, TID251
from hub.settings import INSTALLED_APPS as APPS_OF_THE_HUB  # noqa: TID251

INSTALLED_APPS = [*APPS_OF_THE_HUB, "tests.bench"]
