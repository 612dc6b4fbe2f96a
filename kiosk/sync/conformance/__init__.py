"""Holds somebody's sink to docs/wire-format.md: `python -m kiosk.sync.conformance URL --token-file FILE`.

`samples` makes what a kiosk would send, `signing` says who sends it, `sink` sends it; `batches`, `refusals` and
`webhooks` hold the rules, `trial` runs them one after the other, `__main__` prints what came out.
"""
