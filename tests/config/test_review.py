from __future__ import annotations

import pytest

from tests.config.conftest import Examine

OPENING = '[[question]]\ntext = "A"\n'


def review_problems(
    examine: Examine, url: str = "https://g.page/r/CcZ8/review", text: str = "Kerro muille"
) -> list[str]:
    """Give key and sentence of each problem of an invitation."""
    content = f"{OPENING}[review]\nurl = '{url}'\ntext = '{text}'"
    return [f"{problem.key}: {problem.message}" for problem in examine(content)]


@pytest.mark.parametrize(
    "url",
    [
        "https://g.page/r/CcZ8mTq2VnLwEBM/review",
        "https://search.google.com/local/writereview?placeid=ChIJN1t_tDeuEmsRUsoyG83frY4",
        "https://www.google.com/maps/place/x/@60.16,24.93,17z/data=!3m1!4b1?hl=fi",
        "https://www.tripadvisor.fi/UserReview-g189934-d5stars",
        "https://fi.trustpilot.com/evaluate/example.fi",
        "https://example.com:8443/operating?underscore=5&concept=starters&next=migrating",
    ],
)
def test_a_plain_review_page_is_no_problem(examine: Examine, url: str) -> None:
    assert review_problems(examine, url) == []


@pytest.mark.parametrize(
    ("url", "fragment"),
    [
        ("http://g.page/r/x/review", "must start with https://"),
        ("g.page/r/x/review", "must start with https://"),
        ("javascript:alert(1)", "must start with https://"),
        ("https:///review", "names no host"),
        ("https://", "names no host"),
        ("https://localhost/review", "names no host"),
        ("https://-/review", "names no host"),
        ("https://me:secret@g.page/review", "carries a user name or a password"),
        ("https://g.page:port/review", "is not a web address"),
        ("https://[::1/review", "is not a web address"),
        ("https://g.page/arvio päällä", "holds characters that no address has"),
        ("https://g.page/" + "x" * 500, "is 515 characters long"),
    ],
)
def test_an_address_that_cannot_serve_is_told_once(examine: Examine, url: str, fragment: str) -> None:
    [problem] = review_problems(examine, url)
    assert problem.startswith("review.url: ") and fragment in problem


@pytest.mark.parametrize(
    "rest",
    [
        "?rating=5",
        "?STARS=5",
        "?a=1&score=9",
        "?a=1;rate=5",
        "?review_rating=5",
        "?reviewRating=5",
        "?initial-star=4",
        "?%72ating=5",
        "?%2572ating=5",
        "?next=https%3A%2F%2Fx.example%2F%3Fstars%3D5",
        "#rating=5",
        "#!/stars=5",
        "/rating/5",
        "/stars-5",
        "/5-stars",
        "/5stars/new",
        ";score=10",
        "?arvosana=5",
        "?betyg=5",
    ],
)
def test_an_address_that_carries_a_rating_is_refused(examine: Examine, rest: str) -> None:
    [problem] = review_problems(examine, f"https://g.page/r/x{rest}")
    assert "carries a rating" in problem


def test_the_short_address_carries_no_rating_either(examine: Examine) -> None:
    content = f"{OPENING}[review]\nurl = 'https://g.page/x'\nshort_url = 'g.page/x?stars=5'\ntext = 'A'"
    [problem] = examine(content)
    assert (problem.line, problem.key) == (5, "review.short_url")


@pytest.mark.parametrize(
    "text",
    [
        "Review us and get a discount",
        "A gift for every review",
        "Win a prize",
        "Your voucher awaits",
        "Coupons for reviewers",
        "Rewards for reviewers",
        "Get a FREE coffee",
        "10 % off for a review",
        "Saat alennuksen",
        "Arvostele ja saat lahjakortin",
        "Lahja arvostelijalle",
        "Osallistut arvontaan",
        "Palkitsemme arvostelijat",
        "Palkintona kahvi",
        "Kupongilla kahvi",
        "Ilmainen kahvi",
        "Få rabatt på lunchen",
        "En gåva till dig",
        "Ett presentkort",
        "Du får en present",
        "Delta i lotteriet",
        "En belöning väntar",
        "Vinn en lunch",
    ],
)
def test_a_review_may_not_be_bought(examine: Examine, text: str) -> None:
    [problem] = review_problems(examine, text=text)
    assert problem.startswith("review.text: ") and "may not be bought" in problem


@pytest.mark.parametrize(
    "text",
    [
        "Give us 5 stars",
        "Five-star lunch? Tell others",
        "Anna viisi tähteä",
        "Viiden tähden lounas?",
        "Ge oss fem stjärnor",
        "Tell others ★★★★★",
        "Tell others ⭐️⭐️",
    ],
)
def test_a_review_may_not_be_steered(examine: Examine, text: str) -> None:
    [problem] = review_problems(examine, text=text)
    assert "may not be steered" in problem


@pytest.mark.parametrize(
    "text",
    [
        "Kerro kokemuksestasi myös muille",
        "Berätta om ditt besök för andra",
        "Tell others about your visit",
        "Feel free to tell others, present or absent",
        "Våra priser, vår mat: vad tycker du?",
        "Was our gluten-free lunch good?",
        "Lahjakas kokki? Kerro muille, voit vaikuttaa",
        "Lotta har lagat maten",
        "What is the price worth to you?",
    ],
)
def test_plain_words_are_not_taken_for_a_reward(examine: Examine, text: str) -> None:
    assert review_problems(examine, text=text) == []


def test_each_language_of_the_invitation_is_read(examine: Examine) -> None:
    kiosk, texts = "[kiosk]\nlanguages = ['fi', 'sv']\n", "text.fi = 'A'\ntext.sv = 'Få rabatt'"
    [problem] = examine(f"{kiosk}{OPENING}[review]\nurl = 'https://g.page/x'\n{texts}")
    assert (problem.line, problem.key) == (8, "review.text.sv")
