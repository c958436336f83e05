"""Sections: a view goes in, a block comes out; a section without evidence says so."""

import csv
import io
import re

import pytest

from udcg import views
from udcg.blocks import KeyFigures, Prose, Table, Title, plain
from udcg.sections import (
    account,
    asked,
    coalition,
    data,
    evidence,
    glance,
    headline,
    ladder,
    lasting,
    leadership,
    promises,
    reading,
    shift,
    weights,
)
from udcg.sections import donor as donor_sections
from udcg.sections import meeting as meeting_sections

SHARED = [
    lambda page: promises.promises(page, "c"),
    account.years,
    lambda page: promises.equipment(page, "c"),
    lambda page: promises.deliveries(page, "c"),
    lambda page: evidence.disagreements(page, "c"),
    evidence.findings,
    evidence.sources,
    evidence.method,
    reading.amounts,
    data.made,
    data.data,
]
MEETING = [meeting_sections.title, headline.bottom_line, meeting_sections.key_figures, meeting_sections.donors_figure]
MEETING += [meeting_sections.donors, meeting_sections.inside_figure, meeting_sections.capabilities, asked.requests]
MEETING += [asked.fell_due, account.pooled, account.since]
DONOR = [donor_sections.title, donor_sections.bottom_line, donor_sections.key_figures, donor_sections.over_time, donor_sections.purses]
DONOR += [asked.overdue, asked.answered, account.paid_in, donor_sections.outside]
COALITION = [coalition.title, coalition.bottom_line, coalition.key_figures, leadership.attendance, leadership.promising]
COALITION += [shift.allocated, shift.committed, shift.by_year, weights.by_window, weights.concentrated, shift.beside]
COALITION += [lasting.capabilities, lasting.ages, account.pooled, asked.overdue]
HOSTILE = {"fact": "gift", "title": "=<script>alert(1)</script> " + "word " * 60, "item": "#panic()", "note": "+cmd"}


@pytest.fixture
def empty(make_ledger):
    """Give a ledger whose one promise has neither sum nor number."""
    return make_ledger(facts=[{"fact": "gift", "currency": ""}], claims=[{"fact": "gift"}])


@pytest.mark.parametrize("section", [*SHARED, *MEETING])
def test_a_meeting_without_evidence_says_so(empty, section):
    """Every section of a meeting on which nothing is known is one sentence or an honest empty figure."""
    assert plain(section(views.meeting(26, evidence=empty)).content())


@pytest.mark.parametrize("section", [*SHARED, *DONOR])
def test_a_donor_with_one_claim_has_every_section(empty, section):
    """Every section of a donor with one claim renders."""
    assert plain(section(views.donor("GB", evidence=empty)).content())


@pytest.mark.parametrize("section", [*SHARED, *COALITION])
def test_the_coalition_without_evidence_says_so(empty, section):
    """Every section of the coalition of which but one promise without a sum is known renders."""
    assert plain(section(views.coalition(evidence=empty)).content())


def test_the_bottom_line_has_three_sentences_with_their_facts(real):
    """Announced, new, said before: each number carries the facts behind it."""
    block = headline.bottom_line(views.meeting(27, evidence=real))
    numbers = [span for span in block.paragraphs[0] if "EUR" in span.text and any(letter.isdigit() for letter in span.text)]
    assert numbers
    assert all(span.facts for span in numbers)
    assert isinstance(block, Prose)


def test_the_key_figures_lead_with_the_headline(real):
    """Headline, new, on the day, again, allocated."""
    block = meeting_sections.key_figures(views.meeting(27, evidence=real))
    assert isinstance(block, KeyFigures)
    assert [item.label for item in block.items][:2] == ["Headline", "New commitments"]
    assert block.items[0].value == "EUR 21bn"


def test_the_title_names_place_chairs_and_attendance(real):
    """What stands under the title of the 27th meeting."""
    block = meeting_sections.title(views.meeting(27, evidence=real))
    assert isinstance(block, Title)
    assert block.title == "27th meeting of the Ukraine Defense Contact Group"
    assert "11 April 2025" in block.subtitle
    assert "the United Kingdom and Germany" in block.subtitle


def test_every_row_of_money_cites_a_source(real):
    """In the table of promises no amount stands without a source."""
    for number in (1, 9, 27, 33):
        table = promises.promises(views.meeting(number, evidence=real), "c")
        assert isinstance(table, Table)
        assert all(row[2][0].cites and row[2][0].facts for row in table.rows)


def test_formulas_are_defused_in_the_attached_tables(make_ledger):
    """A title that begins like a formula is text in a spreadsheet."""
    view = views.meeting(27, evidence=make_ledger(facts=[HOSTILE]))
    files = data.data(view).files
    rows = list(csv.DictReader(io.StringIO(files["meeting-27-facts.csv"])))
    assert rows[0]["title"].startswith("'=<script>")


def test_long_titles_are_shortened_in_tables(make_ledger):
    """A title of 300 characters does not break a table."""
    view = views.meeting(27, evidence=make_ledger(facts=[HOSTILE]))
    table = promises.promises(view, "c")
    assert len(table.rows[0][1][0].text) <= 130


def test_changing_a_claim_changes_what_is_printed(make_ledger):
    """Prose and tables say what the data says."""
    stated = {"fact": "gift", "qualifier": "exact", "currency": "EUR"}
    lines = [
        plain(headline.bottom_line(views.meeting(27, evidence=make_ledger(claims=[{**stated, "amount": amount}]))).content())
        for amount in (5_000_000, 7_000_000)
    ]
    assert "EUR 5m" in lines[0]
    assert lines[1] == lines[0].replace("EUR 5m", "EUR 7m")


PURSE = [{"fact": "frame", "level": "frame"}, {"fact": "gift", "drawn_from": "frame"}, {"fact": "loan"}]
STATED = [("frame", "exact", 9), ("gift", "about", 5), ("loan", "at_least", 3)]


def test_amounts_are_explained_with_the_pages_own(make_ledger):
    """A commitment and an allocation inside it, the word behind a range, an open end, and the days of the window."""
    claims = [{"fact": fact, "qualifier": word, "amount": amount * 1e6, "currency": "EUR"} for fact, word, amount in STATED]
    view = views.meeting(27, evidence=make_ledger(facts=PURSE, claims=claims))
    told = plain(reading.amounts(view).content())
    assert "here United Kingdom: gift, EUR 5m (4.8m to 5.2m), lies in United Kingdom: frame, EUR 9m." in told
    assert "this one has 58 days, from 13 February 2025 to 11 April 2025." in told
    assert "here United Kingdom: gift, EUR 5m (4.8m to 5.2m), where the source says about." in told
    assert "mark an open end, as of United Kingdom: loan, at least EUR 3m." in told


def test_a_range_that_no_word_explains_comes_from_disagreement(make_ledger):
    """Two exact sums of one promise."""
    said = [{"fact": "gift", "source": source, "qualifier": "exact", "currency": "EUR"} for source in ("ministry", "wire")]
    claims = [claim | {"amount": amount} for claim, amount in zip(said, (5e6, 6e6), strict=True)]
    told = plain(reading.amounts(views.donor("GB", evidence=make_ledger(claims=claims))).content())
    assert "here United Kingdom: gift, EUR 5m (5m to 6m), on which they do." in told
    assert "United Kingdom: gift, EUR 5m (5m to 6m), is both." in told
    assert "United Kingdom: gift, EUR 5m (5m to 6m), was first announced in that of meeting 27." in told


@pytest.mark.parametrize("page", [27, 33, "NO", "DE"])
def test_the_examples_cite_their_sources(real, page):
    """Each sum of the page among the explanations is bound to its facts."""
    view = views.meeting(page, evidence=real) if isinstance(page, int) else views.donor(page, evidence=real)
    sums = [span for paragraph in reading.amounts(view).paragraphs for span in paragraph if re.search(r"[A-Z]{3} \d", span.text)]
    assert len(sums) >= 3
    assert all(span.facts and span.cites for span in sums)


def test_outside_figures_name_their_year(real):
    """A figure of one year says of which, and not where that can be looked up."""
    table = donor_sections.outside(views.donor("NO", evidence=real))
    assert "Norway: Nansen programme, military and civilian, for 2026" in {row[0][0].text for row in table.rows}
    assert real.figures["measures"].str.contains("as_of").sum() == 0


@pytest.mark.parametrize(
    ("number", "answer"),
    [
        (3, "none of it is new, since it is paid from or repeats money announced on"),
        (9, "how much of it is new cannot be read from it."),
        (26, "so how much of it is new is not known."),
        (
            27,
            "EUR 11.12bn was first said since the meeting before, EUR 5.19bn had been said before",
        ),
        (33, "but of what sources place in it EUR 11.5bn had been announced before."),
    ],
)
def test_page_one_says_how_much_of_the_headline_is_new(real, number, answer):
    """Whatever a headline measures, the bottom line answers the question in words."""
    assert answer in plain(headline.bottom_line(views.meeting(number, evidence=real)).content())


def _bound(content: object) -> set[str]:
    """All fact ids behind the spans and key figures of a block's data."""
    if isinstance(content, dict):
        own = set(content.get("facts") or ()) if "text" in content or "label" in content else set()
        return own.union(*map(_bound, content.values()))
    return set().union(*map(_bound, content)) if isinstance(content, list | tuple) else set()


@pytest.mark.parametrize("page", [27, 33, 1, "NO", "DE", "ME", "coalition"])
def test_every_number_leads_to_the_data(real, page):
    """Each fact that a span or key figure prints is in what `udcg show` prints, or is an outside figure."""
    if page == "coalition":
        view, own = views.coalition(evidence=real), COALITION
    elif isinstance(page, int):
        view, own = views.meeting(page, evidence=real), MEETING
    else:
        view, own = views.donor(page, evidence=real), DONOR
    printed = set().union(*(_bound(section(view).content()) for section in [*SHARED[:-1], *own]))
    assert printed
    assert printed <= {fact["fact"] for fact in view.data["facts"]} | set(real.figures["figure"])


@pytest.mark.parametrize(
    ("number", "title"),
    [
        (27, "EUR 11.12bn of the EUR 21bn is known to be new"),
        (1, "The sum in the news measures something else"),
        (26, "No source says what the sum in the news holds"),
    ],
)
def test_the_ladder_is_drawn_where_there_is_one(real, number, title):
    """Steps that are empty are left out; where nothing can be split, a sentence says why."""
    shown = ladder.ladder_figure(views.meeting(number, evidence=real))
    assert title in plain(shown.content())
    if number == 27:
        assert "said before, said again: EUR 5.19bn" in shown.alt
        assert "paid from or inside older money" not in shown.alt


def test_the_glance_says_what_is_disputed_and_what_was_not_answered(real):
    """The largest disagreements on sums and numbers, with both values; requests not met in full, with how far they are."""
    view = views.meeting(27, evidence=real)
    disputed, unanswered = ("".join(span.text for span in paragraph) for paragraph in glance.glance(view).paragraphs)
    assert "EUR 21bn here, GBP 18bn elsewhere" in disputed
    assert f"and {len(view.conflicts) - 3} more points" in disputed
    assert "ten Patriot systems, 10 Patriot systems (Ukraine, 9 April 2025; 20 % met since)" in unanswered
    assert f"{len(view.still_open)} older requests" in unanswered


def test_a_request_met_in_full_is_not_unanswered(real):
    """Whatever is listed as unanswered is met by less than all of it, as far as it can be measured."""
    for number in (18, 27, 30, 33):
        view = views.meeting(number, evidence=real)
        told = {fact for span in glance.glance(view).paragraphs[1] for fact in span.facts}
        met = view.requests.set_index("fact")["met_best"]
        assert all(not met[fact] >= 1 for fact in told & set(met.index))
