"""The muscles that injuries are told of, as shipped, and what is refused."""

import pytest

from clinic.notes.catalogue.muscles import read, shipped_muscles


def test_a_group_of_a_muscle_that_is_not_there_is_refused_by_name():
    with pytest.raises(ValueError, match="elbow"):
        read({"muscles": {"calf": "Calf"}, "groups": {"leg": ["calf", "elbow"]}})


def test_every_muscle_stands_in_one_group():
    grouped = [muscle for group in shipped_muscles().groups.values() for muscle in group]
    assert sorted(grouped) == sorted(shipped_muscles().names)
