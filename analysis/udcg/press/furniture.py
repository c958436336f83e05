"""The words that pages print round their blocks: what navigation, lists and captions are called in a page's language."""

from udcg.words import Words, of


def labels(language: str) -> dict[str, str]:
    """What a briefing prints round its blocks; `{number}` and `{files}` are filled by its template."""
    line = of(language).line
    return {
        "publisher": line("UDCG briefings"),
        "home": line("All briefings"),
        "skip": line("Skip to the content"),
        "contents": line("Contents"),
        "source": line("source {number}", number="{number}"),
        "no_address": line("(no address)"),
        "attached": line("Attached to this file: {files}.", files="{files}"),
        "attachment": line("Data behind this briefing"),
    }


def region(language: str) -> str | None:
    """The country whose spelling a language has here: GB for English."""
    territory = of(language).region.territory
    return str(territory) if territory else None


def index(words: Words) -> dict[str, str]:
    """What index and feed print round what they list."""
    line = words.line
    return {
        "title": line("UDCG briefings"),
        "purpose": line(
            "Military aid to Ukraine announced around the Ukraine Defense Contact Group: what is new, what is counted twice, who says so."
        ),
        "skip": line("Skip to the content"),
        "contents": line("Contents"),
        "files": line("Files"),
        "feed": line("JSON Feed of all briefings"),
        "overview": line(
            "Commitments of military scope, by the window in which they were first announced: from the day after the meeting before to "
            "the last day of the meeting. Columns are best values, lines the range; a dashed line goes up where no high end is known. "
            "The last, paler column is the time since the last meeting."
        ),
    }


def failure(words: Words, briefing: str, notebook: str, cell: int | None) -> dict[str, str]:
    """What the page of a failed briefing prints round the cause, the code and the trace."""
    line = words.line
    at_fault = line("Cell {cell} of {notebook}.", cell=str(cell), notebook=notebook)
    return {
        "title": line("{briefing} was not built", briefing=briefing),
        "files": line("Its last good files, where there are any, are as they were."),
        "where": line("Where"),
        "cell": at_fault if cell else line("No cell of {notebook} is at fault.", notebook=notebook),
        "parameters": line("Parameters"),
        "parameters_caption": line("Parameters of the run"),
        "name": line("Name"),
        "value": line("Value"),
        "trace": line("Trace"),
    }
