"""What the tests of the staff's day begin with."""

import pytest

from tests.twice import clara_twice


@pytest.fixture
def twice(app, cast):
    """The ids of Clara, who is two clients."""
    return clara_twice(cast)
