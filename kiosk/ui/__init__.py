"""The counter: the only home of Textual.

`app` runs one visit after another on a `stage` that holds one `view` at a time. A view shows and gives one typed
result, once; `visits` reads as a visit does: ask, keep, thank, invite. `widgets` draw what can be tapped.
"""
