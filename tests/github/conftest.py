from collections.abc import Iterator

import pytest

from ddops.github.client import GitHub
from tests.github.stand_in import REPOSITORY, TOKEN, StandIn


@pytest.fixture
def hub() -> Iterator[StandIn]:
    with StandIn() as running:
        yield running


@pytest.fixture
def github(hub: StandIn) -> GitHub:
    return GitHub(REPOSITORY, TOKEN, hub.url)
