"""The names of a question's messages, and who takes part."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.ids import Key, UserId
from bot.domain.people import Person, Standing
from bot.domain.questions import card_key, read_card_key


@given(st.integers(1, 2**62), st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_", min_size=1))
def test_the_name_of_a_card_can_be_read_back(question: int, name: str) -> None:
    assert read_card_key(card_key(question, name)) == (question, name)


def test_the_name_of_a_card_begins_with_the_feature_that_owns_it() -> None:
    assert card_key(17, "U_ADA") == "question/17/U_ADA"


@pytest.mark.parametrize("key", ["question/17", "question/17/U_ADA/2", "question/x/U_ADA", ""])
def test_a_name_of_another_form_is_not_read(key: str) -> None:
    with pytest.raises(ValueError, match=r"unpack|invalid literal"):
        read_card_key(Key(key))


@pytest.mark.parametrize("standing", Standing)
def test_only_members_take_part(standing: Standing) -> None:
    person = Person(UserId("U_ADA"), "Ada", "UTC", standing)
    assert person.takes_part is (standing is Standing.MEMBER)
