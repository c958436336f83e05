"""Letters: what the fonts of the PDF can draw stays, what they cannot is a box, what is not seen is left out."""

import pytest

from udcg.press.letters import BOX, settable


@pytest.mark.parametrize("text", ["EUR 21bn – “so”", "Київ Україна ґєії", "ąčęėįšųūž ðþ ł ř ğ ı ș ț ő", "line\nline", ""])
def test_letters_of_the_fonts_stay(text):
    """Latin and Cyrillic letters, quotation marks and lines."""
    assert settable(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("中文", BOX * 2),
        ("a \U0001f6e9 b", f"a {BOX} b"),
        ("\u05e9\u05dc", BOX * 2),
        ("a\ufeffb\u200dc\ufffed\ue000e", "abcde"),
        ("a\u3000b", "a b"),
        ("a\u20ddb", "ab"),
    ],
)
def test_what_the_fonts_lack_does_no_harm(text, shown):
    """Letters of other scripts and pictures become boxes; marks that are not seen disappear."""
    assert settable(text) == shown
