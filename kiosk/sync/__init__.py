"""From the counter to the world: records leave by themselves, once in effect, whatever the network does.

    store (records after a cursor) -> courier, one for each destination -> HTTP -> hub or webhook
                                         ^ backoff                           |
                                         +------ acknowledgement <-----------+

`rounds` has a thread for each destination; `lines` says who is to be served, `courier` serves one: it packs a `batch`,
has the `sender` post it, and keeps what the `hub` or the `webhook` said (`verdict`, `trouble`). `reporter` and `state`
speak for the kiosk, `standing` and `saying` tell people how it all stands. `enrolment`, `identity`, `membership` and
`rotation` are what the hub knows the kiosk by, `trust` is what the kiosk knows the hub by; `configuration` is what the
hub gives back.

This package is the only home of the HTTP client. Nothing in here is needed to take an answer.
"""
