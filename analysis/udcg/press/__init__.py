"""The press: parameters, plan, run, HTML and PDF exporters, index."""
