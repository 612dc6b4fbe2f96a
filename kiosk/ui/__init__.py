"""The counter: the only home of Textual.

    app (touches, keys, time) -> shift (whose turn it is) -> counter (a visit: ask, keep, thank, invite)
                                                          -> staff_door -> staff_room (what staff may do)

What they show stands on a `stage` that holds one `view` at a time, which gives one typed result, once; `widgets` draw
what can be tapped. `furnishing` makes all this as a configuration says, `surroundings` is what staff's errands go
through, `keeper` is the one way to the disk.
"""
