"""From the counter to the world: records leave by themselves, once in effect, whatever the network does.

    store (records after a cursor) -> courier, one for each destination -> HTTP -> hub or webhook
                                         ^ backoff                           |
                                         +------ acknowledgement <-----------+

This package is the only home of the HTTP client. Nothing in here is needed to take an answer.
"""
