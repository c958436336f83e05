"""From an executed notebook to one document; what a briefing may not show is refused."""

import nbformat
import pytest

from udcg.blocks import MIME, Blocks, Prose, Title, text
from udcg.errors import BriefingError
from udcg.press.document import document, markdown

TITLE = Title("T", "S", "D", "2026-01-01", ("k",))


def _shows(*outputs: nbformat.NotebookNode) -> nbformat.NotebookNode:
    title = nbformat.v4.new_output("execute_result", {MIME: TITLE.content()}, execution_count=1)
    cells = [nbformat.v4.new_code_cell("t", execution_count=1, outputs=[title])]
    cells += [nbformat.v4.new_code_cell("x", execution_count=2, outputs=[output]) for output in outputs]
    return nbformat.v4.new_notebook(cells=cells)


def test_blocks_and_markdown_come_in_order():
    """A heading, a list and a block of prose keep their order."""
    block = nbformat.v4.new_output("display_data", {MIME: Prose((text("hello"),)).content()})
    notebook = _shows(block)
    notebook.cells.insert(1, nbformat.v4.new_markdown_cell("## Who *gives*\n\n- one\n- **two**"))
    assert [found["kind"] for found in document(notebook, "n")["blocks"]] == ["heading", "list", "prose"]


def test_a_cell_for_the_analyst_is_left_out():
    """A cell tagged remove speaks to the analyst only."""
    notebook = _shows()
    notebook.cells.append(nbformat.v4.new_markdown_cell("## Aside", metadata={"tags": ["remove"]}))
    assert document(notebook, "n")["blocks"] == []


def test_a_cell_can_show_several_blocks():
    """They come one after the other, as if each had a cell of its own."""
    several = Blocks((Prose((text("one"),)), Prose((text("two"),))))
    found = document(_shows(nbformat.v4.new_output("display_data", {MIME: several.content()})), "n")["blocks"]
    assert [block["paragraphs"][0][0]["text"] for block in found] == ["one", "two"]


@pytest.mark.parametrize(
    ("output", "said"),
    [
        (nbformat.v4.new_output("stream", name="stdout", text="hi"), "prints to stdout"),
        (nbformat.v4.new_output("stream", name="stderr", text="Warning: x"), "prints to stderr"),
        (nbformat.v4.new_output("error", ename="ValueError", evalue="bad", traceback=[]), "ValueError: bad"),
        (nbformat.v4.new_output("display_data", {"text/html": "<b>x</b>"}), "text/html"),
    ],
)
def test_anything_but_a_block_is_refused_with_its_cell(output, said):
    """Plain output, warnings, errors and raw HTML are refused, and the cell is named."""
    with pytest.raises(BriefingError, match=said) as error:
        document(_shows(output), "n")
    assert error.value.cell == 2


def test_a_notebook_that_was_not_run_says_so():
    """Exporting a notebook without outputs answers: run it first."""
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("1")])
    with pytest.raises(BriefingError, match="run it first"):
        document(notebook, "n")


def test_the_injected_cell_does_not_shift_numbers():
    """Cells are numbered as in the stored notebook, without papermill's own cell."""
    notebook = _shows(nbformat.v4.new_output("stream", name="stdout", text="hi"))
    notebook.cells.insert(0, nbformat.v4.new_code_cell("m = 1", metadata={"tags": ["injected-parameters"]}, execution_count=9))
    with pytest.raises(BriefingError) as error:
        document(notebook, "n")
    assert error.value.cell == 2


def test_raw_html_in_markdown_stays_text():
    """A script tag in Markdown is text like any other."""
    spans = [span for block in markdown("<script>alert(1)</script>\n\na <b>c</b>") for line in block["paragraphs"] for span in line]
    assert "".join(span["text"] for span in spans).count("<") == 4
