"""The index lists what is there."""


def test_the_index_lists_the_briefings_of_which_files_are_there(pages):
    """Four briefings with their headline, new money and files; no other."""
    html = (pages / "index.html").read_text(encoding="utf-8")
    assert html.count('<tr><th scope="row">') == 4
    assert 'href="meeting-27.html"' in html
    assert 'href="donor-NO.pdf"' in html
    assert "EUR 21bn" in html
    assert "<script" not in html
