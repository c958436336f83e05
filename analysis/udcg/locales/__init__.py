"""The catalogues of languages, `uk.po`, and the template that they are made from, `udcg.pot`: every message that pages can say.

`python -m udcg.locales` writes the template anew; `pybabel init` or `update` makes a catalogue of it.
"""
