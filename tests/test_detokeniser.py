"""Token ids to text as they come, with decoders that behave as those of real tokenizers do."""

from collections.abc import Callable

from engine.runtimes.detokeniser import Detokeniser

SENTENCE = "Früh am Morgen — noch vor 6 Uhr — trank sie 茶 und aß Brötchen 🥐, dann ging sie. " * 4


def bytes_to_text(ids: list[int]) -> str:
    """A token for each byte: a character of several is whole with its last one only."""
    return bytes(ids).decode("utf-8", "replace")


def words_to_text(ids: list[int]) -> str:
    """A token for each word with the space before it, which the decoder takes from the first word of what it gets."""
    return "".join(f" word{number}" for number in ids).removeprefix(" ")


def pushed(decode: Callable[[list[int]], str], ids: list[int], stop: tuple[str, ...] = ()) -> list[str]:
    detokeniser = Detokeniser(decode, stop)
    parts = [detokeniser.push([number]) for number in ids]
    return [*parts, detokeniser.finish()]


def test_text_comes_whole_and_never_half_a_character() -> None:
    parts = pushed(bytes_to_text, list(SENTENCE.encode()))
    assert "".join(parts) == SENTENCE
    assert not any("\ufffd" in part for part in parts)


def test_the_spaces_of_a_long_answer_are_those_of_one_text() -> None:
    ids = list(range(100))
    parts = pushed(words_to_text, ids)
    assert "".join(parts) == words_to_text(ids)
    assert parts[:2] == ["word0", " word1"]


def test_several_tokens_at_once_are_the_same_text() -> None:
    detokeniser = Detokeniser(words_to_text)
    text = "".join(detokeniser.push(range(start, start + 30)) for start in (0, 30, 60))
    assert text + detokeniser.finish() == words_to_text(list(range(90)))


def test_nothing_comes_from_a_stop_string_on() -> None:
    assert (
        "".join(pushed(words_to_text, list(range(40)), stop=("word30",)))
        == words_to_text(list(range(30))) + " "
    )


def test_a_long_answer_is_never_decoded_from_its_beginning() -> None:
    decoded: list[int] = []

    def decode(ids: list[int]) -> str:
        decoded.append(len(ids))
        return words_to_text(ids)

    pushed(decode, list(range(400)))
    assert max(decoded) < 40
    assert len(decoded) < 1.2 * 400
