"""Who may see and do what: accounts, sessions, roles, tokens, and the log of what was done."""
