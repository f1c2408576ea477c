"""The maturity model of the teams."""

import pytest
from django.core.exceptions import ValidationError

from csirt_network import sim3
from csirt_network.sim3 import PARAMETERS, Profile, Quadrant


def test_it_has_forty_five_parameters_in_four_quadrants():
    assert len(PARAMETERS) == 45
    assert {quadrant.value: len(sim3.parameters_of(quadrant)) for quadrant in Quadrant} == {
        "O": 11,
        "H": 7,
        "T": 10,
        "P": 17,
    }
    assert list(PARAMETERS)[:3] == ["O-1", "O-2", "O-3"]
    assert list(PARAMETERS)[-1] == "P-17"


def test_names_that_could_not_be_read_say_so():
    unread = [code for code, parameter in PARAMETERS.items() if not parameter.name_is_read]
    assert unread == ["O-10", "T-3", "P-4", "P-5", "P-6", "P-7", "P-9", "P-10", "P-12", "P-16", "P-17"]


def test_each_parameter_and_level_is_explained_in_a_sentence():
    assert list(sim3.LEVELS) == [0, 1, 2, 3, 4]
    assert all(str(text).endswith(".") for text in sim3.LEVELS.values())
    assert all(parameter.name and str(parameter.help).endswith(".") for parameter in PARAMETERS.values())
    assert sum(len(choices) for _quadrant, choices in sim3.parameter_choices()) == 45


def test_what_is_missing_to_a_baseline_is_listed_in_order():
    baseline = Profile("An example", {"P-9": 3, "O-1": 3, "O-2": 1, "H-1": 0})
    baseline.check()
    missing = [(gap.parameter.code, gap.needs, gap.has) for gap in baseline.gaps({"O-1": 2, "O-2": 4, "P-9": None})]
    assert missing == [("O-1", 3, 2), ("P-9", 3, None)]
    assert baseline.gaps({"O-1": 3, "O-2": 1, "P-9": 4}) == []


@pytest.mark.parametrize("levels", [{"O-12": 1}, {"O-1": 5}, {"O-1": -1}, {"O-1": True}, {"O-1": 2.5}])
def test_a_baseline_holds_only_what_the_model_has(levels):
    with pytest.raises(ValidationError):
        Profile("An example", levels).check()


def test_averages_leave_out_what_is_not_assessed():
    assert sim3.averages({"O-1": 1, "O-2": 4, "H-1": 0, "T-1": None}) == {
        Quadrant.ORGANISATION: 2.5,
        Quadrant.HUMAN: 0.0,
        Quadrant.TOOLS: None,
        Quadrant.PROCESSES: None,
    }
