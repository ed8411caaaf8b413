"""Keys, texts under them, and hashes: what can be read back, and what cannot."""

from __future__ import annotations

from base64 import b64encode

import pytest

from people.encryption import CannotDecrypt, Key, Keyring, NotKeys, fresh_keys, read_keys

OLD, NEW = Key("old", bytes(32)), Key("new", bytes(range(32)))
RING = Keyring((NEW,), (NEW,))
PLACE = "people_person.national_id"


def test_what_is_encrypted_is_read_back_with_the_same_key_only() -> None:
    text = RING.encrypt("Åsgårdveien 3", place=PLACE)

    assert RING.decrypt(text, place=PLACE) == "Åsgårdveien 3"
    with pytest.raises(CannotDecrypt, match="key that is not here"):
        Keyring((OLD,), (OLD,)).decrypt(text, place=PLACE)


def test_the_same_text_is_never_encrypted_twice_alike() -> None:
    assert len({RING.encrypt("01818510159", place=PLACE) for _ in range(99)}) == 99


def test_a_text_moved_to_another_column_cannot_be_read() -> None:
    text = RING.encrypt("01818510159", place=PLACE)

    with pytest.raises(CannotDecrypt, match="moved here"):
        RING.decrypt(text, place="housing_absence.where")


def test_a_text_beside_another_than_its_own_cannot_be_read() -> None:
    text = RING.encrypt("01818510159", place=PLACE, beside="hash of one")

    with pytest.raises(CannotDecrypt):
        RING.decrypt(text, place=PLACE, beside="hash of another")


@pytest.mark.parametrize("spoil", [lambda text: text[:-2] + "AA", lambda text: text[:9], lambda text: "new:é"])
def test_an_altered_text_is_not_read_and_not_shown(spoil: object) -> None:
    assert callable(spoil)
    altered = spoil(RING.encrypt("01818510159", place=PLACE))

    with pytest.raises(CannotDecrypt) as refused:
        RING.decrypt(altered, place=PLACE)
    assert altered not in str(refused.value)


def test_a_key_goes_on_reading_when_another_has_become_the_current_one() -> None:
    before = Keyring((OLD,), (OLD,))
    after = Keyring((NEW, OLD), (NEW, OLD))
    text = before.encrypt("01818510159", place=PLACE)

    assert after.decrypt(text, place=PLACE) == "01818510159"
    assert after.encrypt("01818510159", place=PLACE).startswith("new:")


def test_equal_texts_have_equal_hashes_in_one_place_and_under_one_key() -> None:
    both = Keyring((NEW,), (NEW, OLD))
    [of_new] = RING.hashes("01818510159", place=PLACE)

    assert both.hashes("01818510159", place=PLACE)[0] == of_new
    assert len({*both.hashes("01818510159", place=PLACE), *both.hashes("01818510159", place="elsewhere")}) == 4
    assert RING.hashes("01818510160", place=PLACE) != [of_new]


def test_a_list_of_keys_is_read_in_its_order() -> None:
    written = f"{fresh_keys('b2026')}, {fresh_keys('a2025')},"

    assert [key.id for key in read_keys(written)] == ["b2026", "a2025"]


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("", "no key"),
        ("abc", "key abc has 0 bytes, not 32"),
        (f"A/b:{b64encode(bytes(32)).decode()}", "id:base64"),
        ("a:!!!", "key a is not base64"),
        (f"a:{b64encode(bytes(16)).decode()}", "16 bytes, not 32"),
        (f"a:{b64encode(bytes(32)).decode()}," * 2, "same id"),
    ],
)
def test_what_is_no_list_of_keys_says_why(written: str, why: str) -> None:
    with pytest.raises(NotKeys, match=why):
        read_keys(written)


def test_no_key_is_shown_where_a_keyring_is() -> None:
    assert repr(bytes(range(32)))[2:-1] not in repr(RING)
