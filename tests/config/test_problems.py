"""Every kind of problem: `#!` marks the line that has to be named."""

from __future__ import annotations

from textwrap import dedent

import pytest

from tests.config.conftest import Examine

MARK = "#!"
OPENING = '[[question]]\ntext = "Hyvä?"\n'
LONG = "sana " * 40

KEYS = [
    ('[kiosk]\nnamme = "K" #!', "kiosk.namme", "[kiosk] has no key 'namme'; did you mean 'name'?"),
    ('[kiosk]\ntheme = "dark" #!', "kiosk.theme", "did you mean the one of [look]?"),
    ("[screen]\nzzz = 1 #!", "screen.zzz", "[screen] has no key 'zzz'; it has diagonal_inches, pictures"),
    ("[lokk] #!\n", "lokk", "kiosk.toml has no key 'lokk'; did you mean 'look'?"),
    ('[sinc] #!\nhub = "https://hub.example"', "sinc", "has no key 'sinc'; did you mean 'sync'?"),
    ('[sync]\nhub = "hub.example" #!', "sync.hub", "must be an address such as 'https://hub.example'"),
    ('[sync]\nhub = "https://hub.example/?a=1" #!', "sync.hub", "must end before the ?"),
    ('[sync]\nhub = "https://me:word@hub.example" #!', "sync.hub", "must not hold a password"),
    ('[sync]\nhub = "http://hub.example" #!', "sync.hub", "is not encrypted"),
    ('[[webhook]]\nurl = "http://10.0.0.7/in" #!', "webhook[1].url", "is not encrypted"),
    ('[[webhook]] #!\nname = "till"', "webhook[1].url", ""),
    ('[webhook] #!\nurl = "https://a.example"', "webhook", "must be a list of tables, each under its own [[webhook]]"),
    (
        '[[webhook]]\nurl = "https://a.example"\n[[webhook]] #!\nurl = "https://a.example/2"',
        "webhook[2]",
        "has the same name as another, 'a.example'",
    ),
    (
        '[[webhook]]\nurl = "https://a.example"\nheaders = { Content-Type = "x" } #!',
        "webhook[1].headers",
        "the header 'Content-Type' is the kiosk's own to set",
    ),
    (
        '[[webhook]]\nurl = "https://a.example"\nheaders = { "a b" = "x" } #!',
        "webhook[1].headers",
        "'a b' is no name of a header",
    ),
    ("[kiosk]\nname = 5 #!", "kiosk.name", "must be text in quotes, not 5"),
    ("[kiosk]\nthanks_seconds = 1 #!", "kiosk.thanks_seconds", "must be at least 3, not 1"),
    ("[kiosk]\nidle_seconds = 601 #!", "kiosk.idle_seconds", "must be at most 600, not 601"),
    ("[kiosk]\nfollow_ups = 4 #!", "kiosk.follow_ups", "must be at most 3, not 4"),
    ('[kiosk]\nfollow_ups = "1" #!', "kiosk.follow_ups", "must be a whole number without quotes, not '1'"),
    ("[kiosk]\nfollow_ups = 99999999999999999999 #!", "kiosk.follow_ups", "must be at most 3"),
    ("[kiosk]\nallow_volatile = 1 #!", "kiosk.allow_volatile", "must be true or false, without quotes, not 1"),
    ("kiosk = 3 #!\n", "kiosk", "must be a table, not 3"),
    ('[kiosk]\nlanguages = "fi" #!', "kiosk.languages", "must be a list, not 'fi'"),
    ("[kiosk]\nlanguages = [] #!", "kiosk.languages", "name at least one language"),
    ('[kiosk]\nlanguages = ["fi",\n"Suomi"] #!', "kiosk.languages[2]", "is not a language code such as 'fi'; did you"),
    ('[kiosk]\nlanguages = ["fi", "fi"] #!', "kiosk.languages", "names a language twice"),
    ('[kiosk]\ntimezone = "Europe/Helsinky" #!', "kiosk.timezone", "did you mean 'Europe/Helsinki'?"),
    ('[kiosk]\ntimezone = "Helsinki" #!', "kiosk.timezone", "did you mean 'Europe/Helsinki'?"),
    ('[kiosk]\ntimezone = "../etc/passwd" #!', "kiosk.timezone", "is not a time zone"),
    ('[kiosk]\ntimezone = "Europe" #!', "kiosk.timezone", "is not a time zone"),
    ('[kiosk]\ntimezone = "" #!', "kiosk.timezone", "is not a time zone"),
    ('[kiosk]\nday_ends_at = "4 am" #!', "kiosk.day_ends_at", "must be a time of day such as \"08:00\", not '4 am'"),
    ('[kiosk]\nday_ends_at = "13:00" #!', "kiosk.day_ends_at", "must be between 00:00 and 12:00, not 13:00"),
    ("[kiosk]\nday_ends_at = 4 #!", "kiosk.day_ends_at", "must be a time of day"),
    ('[kiosk.opening_hours]\nmonn = "8:00-9:00" #!', "kiosk.opening_hours.monn", "'monn' is not one of mon, tue"),
    ('[kiosk.opening_hours]\nmo-fr = "8:00-9:00" #!', "kiosk.opening_hours.mo-fr", "did you mean 'mon'?"),
    ('[kiosk.opening_hours]\nsat = "18:00-8:00" #!', "kiosk.opening_hours.sat", "ends before it starts"),
    ('[kiosk.opening_hours]\nsat = "8-25" #!', "kiosk.opening_hours.sat", "must be a time of day such as"),
    ('[kiosk.opening_hours]\nsat = "8:00" #!', "kiosk.opening_hours.sat", 'must be written like "08:00-18:00"'),
    ("[kiosk.opening_hours]\nsat = 8 #!", "kiosk.opening_hours.sat", 'must be written like "08:00-18:00", not 8'),
    (
        '[kiosk]\nopening_hours = { mon-fri = "8:00-9:00", fri = "8:00-9:00" } #!',
        "kiosk.opening_hours",
        "has more than one line for fri",
    ),
    ("[kiosk]\ndatabase = 5 #!", "kiosk.database", "must be a path in quotes, not 5"),
    ('[kiosk]\ndatabase = "" #!', "kiosk.database", "must be a path in quotes"),
    ('[kiosk]\ndatabase = "~nobody-at-all/k.db" #!', "kiosk.database", "names a home folder that does not exist"),
    (
        '[look]\ntheme = "drak" #!',
        "look.theme",
        "must be one of light, dark, contrast, not 'drak'; did you mean 'dark'?",
    ),
    ('[look]\naccent = "red" #!', "look.accent", "must be a colour such as \"#b3402a\", not 'red'"),
    ('[look]\nlogo = "no.png" #!', "look.logo", "there is no file"),
    ('[look]\nlogo = "kiosk.toml" #!', "look.logo", "'kiosk.toml' is neither a PNG nor a JPEG nor an SVG picture"),
    ('[look]\nlogo = "." #!', "look.logo", "there is no file"),
    (f'[look]\nlogo = "{"x" * 300}" #!', "look.logo", "cannot be read"),
    ("[screen]\ndiagonal_inches = nan #!", "screen.diagonal_inches", "must be a plain number"),
    ('[screen]\ndiagonal_inches = "7" #!', "screen.diagonal_inches", "must be a number without quotes, not '7'"),
    ('[staff]\ngesture = "left-top" #!', "staff.gesture", "must be one of top-left, top-right"),
    ("[results]\ngoal = 101 #!", "results.goal", "must be at most 100"),
    ("[privacy]\nkeep_text_days = 0 #!", "privacy.keep_text_days", "must be at least 1, not 0"),
]


def expect_one(examine: Examine, content: str, key: str, fragment: str, *, warning: bool = False) -> None:
    """Hold that there is exactly one problem, at the marked line, with that key and those words."""
    marked = next((number for number, line in enumerate(content.splitlines(), 1) if MARK in line), None)
    [problem] = examine(content)
    assert (problem.line, problem.key, problem.warning) == (marked, key, warning), str(problem)
    assert fragment in problem.message, problem.message
    assert problem.file.endswith("kiosk.toml")
    assert "\n" not in str(problem)


@pytest.mark.parametrize(("content", "key", "fragment"), KEYS)
def test_a_wrong_key_or_value_is_told_with_its_line(examine: Examine, content: str, key: str, fragment: str) -> None:
    expect_one(examine, f"{content}\n{OPENING}", key, fragment)


QUESTIONS = [
    ("[kiosk]\n", "question", "there is no question; write at least one under [[question]]"),
    ('[question] #!\ntext = "A?"', "question", "must be a list of tables, each under its own [[question]]"),
    ('[[question]] #!\nid = "x"\n', "question[1].text", "is missing"),
    ('[[question]]\ntext = "" #!', "question[1].text", "is empty; write what the customer shall read"),
    ("[[question]]\ntext = 3 #!", "question[1].text", "must be text in quotes, or one text for each language, not 3"),
    ('[[question]]\nid = "My id" #!\ntext = "A?"', "question[1].id", "small letters a-z, digits, - and _, not 'My id'"),
    (
        '[[question]]\nkind = "smily" #!\ntext = "A?"',
        "question[1].kind",
        "must be one of smiley, nps, ces, csat, success, choice, text, not 'smily'; did you mean 'smiley'?",
    ),
    ("[[question]]\npoints = 6 #!\ntext = 'A?'", "question[1].points", "must be one of 3, 4, 5, not 6"),
    (
        "[[question]]\ntxt = 'x' #!\ntext = 'A?'",
        "question[1].txt",
        "[question[1]] has no key 'txt'; did you mean 'text'",
    ),
    (f'{OPENING}after = "visit" #!', "question[1].after", "'visit' follows itself"),
    (f'{OPENING}[[question]]\nid = "visit" #!\nafter = "visit"\ntext = "B"', "question[2].id", "already the id of"),
    (f'{OPENING}[[question]] #!\nid = "b"\ntext = "B"', "question[2]", "'b' would be a second opening question"),
    (
        f'{OPENING}[[question]]\nid = "b"\nafter = "vist" #!\ntext = "B"',
        "question[2].after",
        "there is no question 'vist'; did you mean 'visit'?",
    ),
    (f"{OPENING}points = {9:9<20} #!", "question[1].points", "must be one of 3, 4, 5, not 99"),
    (f'{OPENING}when = "<=3" #!', "question[1].when", "needs `after`"),
    (f"{OPENING}choices = [] #!", "question[1].choices", "is for choice questions only, and 'visit' is of kind smiley"),
    (f"{OPENING}multiple = false #!", "question[1].multiple", "is for choice questions only"),
    (f"{OPENING}max_length = 50 #!", "question[1].max_length", "is for text questions only"),
    (f'{OPENING}kind = "nps"\npoints = 5 #!', "question[1].points", "is for smiley questions only"),
    ('[[question]] #!\nkind = "choice"\ntext = "A?"', "question[1].choices", "needs 2 to 12 choices, and has none"),
    (
        '[[question]]\nkind = "choice"\ntext = "A?"\nchoices = [{ id = "a", text = "A" }] #!',
        "question[1].choices",
        "'visit' needs 2 to 12 choices, and has 1",
    ),
    (
        '[[question]]\nkind = "choice"\ntext = "A?"\nchoices = [ #!\n'
        + "".join(f'{{ id = "c{number}", text = "C" }},\n' for number in range(13))
        + "]",
        "question[1].choices",
        "and has 13",
    ),
    (
        '[[question]]\nkind = "choice"\ntext = "A?"\nchoices = [\n{ id = "a", text = "A" },\n'
        '{ id = "a", text = "B" }] #!',
        "question[1].choices[2].id",
        "'a' is already a choice of 'visit'",
    ),
    (
        '[[question]]\nkind = "choice"\ntext = "A?"\nchoices = [\n{ id = "a" }, #!\n{ id = "b", text = "B" }]',
        "question[1].choices[1].text",
        "is missing",
    ),
    (
        '[[question]]\nkind = "choice"\ntext = "A?"\nchoices = [\n{ id = "a", txt = "A", text = "A" }, #!\n'
        '{ id = "b", text = "B" }]',
        "question[1].choices[1].txt",
        "did you mean 'text'?",
    ),
    ('[[question]]\nkind = "text" #!\ntext = "A?"', "question[1].kind", "the opening question is a text question"),
]


@pytest.mark.parametrize(("content", "key", "fragment"), QUESTIONS)
def test_a_wrong_question_is_told_with_its_line(examine: Examine, content: str, key: str, fragment: str) -> None:
    problems = examine(content)
    marked = next((number for number, line in enumerate(content.splitlines(), 1) if MARK in line), None)
    assert any(
        (problem.line, problem.key, problem.warning) == (marked, key, False) and fragment in problem.message
        for problem in problems
    ), "\n".join(map(str, problems))


RULES = [
    ("smiley", "<=9x", "'<=9x' is not a rule"),
    ("smiley", "6", "'6' can never be true: 'visit' has the answers 1 to 5"),
    ("smiley", "<1", "can never be true"),
    ("smiley", "2, 9", "'9' can never be true"),
    ("smiley", "4-2", "can never be true"),
    ("smiley", "", "'' is not a rule"),
    ("nps", "11", "'11' can never be true: 'visit' has the answers 0 to 10"),
    ("success", "partial", "is not a rule; write for example"),
    ("success", "partial", "did you mean 'partly'?"),
    ("success", ">2", "can never be true"),
]


def test_a_rule_is_read_even_where_the_question_it_is_about_is_not_there(examine: Examine) -> None:
    follow_up = '[[question]]\nid = "why"\ntext = "B"\nafter = "nobody"\nwhen = "{}"\n'
    for when, wrong in ((">>9", ["after", "when"]), ("<=2, 4-5, queue", ["after"])):
        problems = examine(OPENING + follow_up.format(when))
        assert [problem.key for problem in problems if not problem.warning] == [f"question[2].{key}" for key in wrong]


@pytest.mark.parametrize(("kind", "when", "fragment"), RULES)
def test_a_rule_that_cannot_be_true_is_told(examine: Examine, kind: str, when: str, fragment: str) -> None:
    content = f'{OPENING}kind = "{kind}"\n[[question]]\nid = "why"\ntext = "B"\nafter = "visit"\nwhen = "{when}" #!'
    expect_one(examine, content, "question[2].when", fragment)


def test_a_rule_on_choices_names_the_nearest_choice(examine: Examine) -> None:
    choices = 'choices = [{ id = "queue", text = "Q" }, { id = "price", text = "P" }]'
    follow_up = '[[question]]\nid = "more"\ntext = "B"\nafter = "visit"\nwhen = "price, quue" #!'
    content = f'{OPENING}kind = "choice"\n{choices}\n{follow_up}'
    expect_one(examine, content, "question[2].when", "has the answers queue, price; did you mean 'queue'?")


def test_a_rule_on_a_text_is_told(examine: Examine) -> None:
    follow_up = '[[question]]\nid = "b"\ntext = "B"\nafter = "visit"\nwhen = "x" #!\n'
    content = f'{OPENING}kind = "text"\n{follow_up}[privacy]\nfree_text = true'
    expect_one(examine, content, "question[2].when", "'visit' is a text question")


def test_a_rule_with_a_hidden_control_character_is_told(examine: Examine) -> None:
    content = f'{OPENING}[[question]]\nid = "b"\ntext = "B"\nafter = "visit"\nwhen = "1\\u0085-\\u00853" #!'
    errors = [problem for problem in examine(content) if not problem.warning]
    assert [problem.key for problem in errors] == ["question[2].when"]


def test_a_circle_of_follow_ups_is_told_once(examine: Examine) -> None:
    content = dedent("""\
        [[question]]
        text = "A"
        [[question]]
        id = "b"
        text = "B"
        after = "c" #!
        [[question]]
        id = "c"
        text = "C"
        after = "b"
        """)
    expect_one(examine, content, "question[2].after", "'b' goes round in a circle: b after c after b")


def test_questions_that_only_follow_each_other_start_no_visit(examine: Examine) -> None:
    problems = examine(
        '[[question]]\nid = "a"\ntext = "A"\nafter = "b"\n[[question]]\nid = "b"\ntext = "B"\nafter = "a"'
    )
    assert [(problem.key, problem.line) for problem in problems] == [("question", 1), ("question[1].after", 4)]
    assert "no question starts the visit" in problems[0].message


TEXTS = [
    (
        f'[[question]]\ntext = "{LONG}" #!',
        "question[1].text",
        "is 199 columns wide and fits no screen; 160 are the most",
    ),
    (f'[[question]]\ntext = "{"字 " * 60}" #!', "question[1].text", "is 179 columns wide"),
    (f'[[question]]\ntext = "{"x" * 47}" #!', "question[1].text", "has a word of 47 columns"),
    ('[[question]]\ntext = "كيف كان؟" #!', "question[1].text", "is written from right to left"),
    (f'{OPENING}touchpoint = "{LONG[:80]}" #!', "question[1].touchpoint", "is 79 columns wide"),
    (f'[kiosk]\nlocation = "{LONG[:80]}" #!\n{OPENING}', "kiosk.location", "is 79 columns wide"),
    ('[[question]]\ntext = { Finnish = "A", en = "A" } #!', "question[1].text.Finnish", "is not a language code"),
    (
        '[[question]]\ntext = "A"\nkind = "choice"\nchoices = [\n'
        f'{{ id = "a", text = {{ en = "{"sana " * 8}s" }} }}, #!\n'
        '{ id = "b", text = "B" }]',
        "question[1].choices[1].text.en",
        "is 41 columns wide and fits no screen; 40 are the most",
    ),
]


@pytest.mark.parametrize(("content", "key", "fragment"), TEXTS)
def test_a_text_that_fits_no_screen_is_told(examine: Examine, content: str, key: str, fragment: str) -> None:
    expect_one(examine, content, key, fragment)


WARNINGS = [
    (
        '[kiosk]\nlanguages = ["en", "fi", "sv"]\n[[question]]\ntext = { en = "A" } #!',
        "question[1].text",
        "has no text in fi, sv; customers will read it in en",
    ),
    ('[[question]]\ntext = { en = "A", sv = "A" } #!', "question[1].text.sv", "'sv' is a language nobody can choose"),
    (
        f'{OPENING}[[question]] #!\nid = "words"\nkind = "text"\nafter = "visit"\ntext = "B"',
        "question[2]",
        "'words' is never asked: it is a text question, and [privacy] free_text is false",
    ),
    (
        f'{OPENING}[[question]]\nid = "b"\nafter = "visit"\ntext = "B"\n'
        '[[question]] #!\nid = "c"\nafter = "b"\ntext = "C"',
        "question[3]",
        "'c' is never asked: it would be follow-up 2 of a visit, and [kiosk] follow_ups is 1",
    ),
    (
        f'{OPENING}[[question]]\nid = "b"\nafter = "visit"\nwhen = "<=3"\ntext = "B"\n'
        '[[question]] #!\nid = "c"\nafter = "visit"\nwhen = "2, 3"\ntext = "C"',
        "question[3]",
        "'c' is never asked: 'b' already follows the same answers",
    ),
    (
        f'{OPENING}[[question]]\nid = "b"\nafter = "visit"\ntext = "B"\n'
        '[[question]] #!\nid = "c"\nafter = "visit"\ntext = "C"',
        "question[3]",
        "'c' is never asked: 'b' already follows the same answers",
    ),
    ('[[question]]\ntext = "A\\u001b[31m" #!', "question[1].text", "holds characters that cannot be seen or shown"),
    ('[kiosk]\nlanguages = ["en", "nb"] #!\n[[question]]\ntext = "A"', "kiosk.languages[2]", "kiosk's own words"),
    (
        f"{OPENING}[staff]\nphone = true #!\n[privacy]\nfree_text = true",
        "staff.phone",
        "sends what customers write over the local network unencrypted",
    ),
]


@pytest.mark.parametrize(("content", "key", "fragment"), WARNINGS)
def test_what_is_odd_but_can_run_is_a_warning(examine: Examine, content: str, key: str, fragment: str) -> None:
    expect_one(examine, content, key, fragment, warning=True)


def test_a_path_with_a_control_character_is_refused(examine: Examine) -> None:
    refused = [problem for problem in examine(f'{OPENING}[kiosk]\ndatabase = "a\\u001bb"') if not problem.warning]
    assert [(problem.line, problem.key) for problem in refused] == [(4, "kiosk.database")]
    assert "'ab' holds a character that no path should have" in refused[0].message


def test_languages_that_cannot_be_read_make_no_text_wrong(examine: Examine) -> None:
    content = '[kiosk]\nlanguages = "fi" #!\n[[question]]\ntext = { fi = "A", sv = "B" }'
    expect_one(examine, content, "kiosk.languages", "must be a list")


def test_one_text_for_all_languages_needs_no_translation(examine: Examine) -> None:
    assert examine(f'[kiosk]\nlanguages = ["fi", "sv", "en"]\n{OPENING}') == ()


def test_follow_ups_that_share_only_some_answers_are_both_asked(examine: Examine) -> None:
    both = "".join(
        f'[[question]]\nid = "q{when[0]}"\nafter = "visit"\nwhen = "{when}"\ntext = "B"\n' for when in ("1-3", "3-5")
    )
    assert examine(OPENING + both) == ()


def test_a_free_text_question_that_is_allowed_is_no_problem(examine: Examine) -> None:
    follow_up = '[[question]]\nid = "words"\nkind = "text"\nafter = "visit"\nmax_length = 50\ntext = "B"\n'
    assert examine(f"{OPENING}{follow_up}[privacy]\nfree_text = true") == ()


def test_one_mistake_hides_no_other(examine: Examine) -> None:
    content = dedent("""\
        [kiosk]
        timezone = "Europe/Helsinky"
        idle_seconds = "45"
        languages = ["fi", "sv"]
        [[question]]
        kind = "smily"
        text = { fi = "A", sv = "B" }
        [[question]]
        id = "why"
        after = "visit"
        when = "9"
        text = { fi = "A", sv = "B" }
        [[question]]
        id = "more"
        after = "wy"
        kind = "nps"
        points = 3
        text = { fi = "A", sv = "B" }
        [review]
        url = "http://example.com/?rating=5"
        text = "Get a free coffee"
        [look]
        thme = "dark"
        """)
    found = [(problem.line, problem.key) for problem in examine(content)]
    assert found == [
        (2, "kiosk.timezone"),
        (3, "kiosk.idle_seconds"),
        (6, "question[1].kind"),
        (15, "question[3].after"),
        (17, "question[3].points"),
        (20, "review.url"),
        (20, "review.url"),
        (21, "review.text"),
        (23, "look.thme"),
    ]
