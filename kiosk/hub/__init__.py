"""The hub: where the answers of many kiosks come together, and people look at them in a browser.

    kiosks --> api (events, enrolment, configuration) --> store (SQLite or PostgreSQL) --> pages --> people
                                                             ^                               |
                                                             +---- access (accounts) <-------+

`app` puts it all together for a web server, `hub` holds what every part needs. `api` talks to kiosks and programs,
`pages` to people, `access` decides who may see what; `store` is the only part that knows SQL. Figures come from
`kiosk.results`, the same functions that the kiosk's own staff screens use. This package is the only home of the web
framework.
"""
