"""Who may see and do what: accounts, sessions, roles, tokens, and the log of what was done.

    guard     every request: the right host, the right origin, the headers that keep a browser from being misused
    visitor   what a route asks for: `Visitor`, `Manager`, `Owner`, or `Reader` for programs with a token
    door      signing in and out, with `passwords`, `limits` and `cookies`
    accounts  what owners do to accounts, and everybody to their own; `set_up` and `invitations` are the safe way in

SQL stands in `hub.store`, the words and forms in `hub.pages`.
"""
