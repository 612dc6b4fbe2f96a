"""What kiosk and hub say to each other, version 1: models and limits, without a network.

    record -> writing (JSON, gzip) --> HTTP --> reading (bounded gunzip, events) -> hub
    hub -> ack, problem --> HTTP --> sync

`event` holds the CloudEvents of a batch, `report` what a kiosk says of itself, `ack` the hub's answer to a batch,
`enrolment` how a kiosk becomes known, `well_known` what a hub tells anybody, `problem` what goes wrong (RFC 9457).
Unknown members are ignored on both sides: within version 1 things are only added. docs/wire-format.md is the same for
people.
"""
