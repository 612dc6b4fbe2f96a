"""What people look at: pages made on the server, that read without JavaScript and ask nobody else for anything.

    route -> store.figures (rollups) -> kiosk.results -> drawing (kiosk.charts) -> rendering (Jinja2) -> HTML

`rendering` knows templates and languages, `assets` what browsers fetch beside the pages, `navigation` which pages
somebody may open. Every other module is one page. A page has no style and no script of its own: the policy that
`access` sends allows neither.
"""
