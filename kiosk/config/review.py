"""A review may be neither bought nor steered: what the invitation must not say and its address must not carry."""

from __future__ import annotations

import re
from urllib.parse import unquote_plus, urlsplit

from kiosk.config.findings import Findings, place_of_text, shown
from kiosk.config.sections import Review

_LONGEST_URL = 500
"""A longer one makes a code too dense for a phone."""

_RATING_WORDS = frozenset(
    {"rate", "rating", "ratings", "star", "stars", "starrating", "reviewrating", "score", "scores", "grade", "grades"}
    | {"tähti", "tähdet", "tahdet", "arvosana", "arvosanat", "betyg", "stjärnor", "stjarnor"}
)
_RATING_STEP = re.compile(
    r"(?<![a-z0-9])(?:ratings?|stars?|scores?)[-_/:]*[0-9]|(?<![a-z0-9])[0-9][-_ ]*stars?(?![a-z0-9])"
)
_WORD = re.compile(r"[A-ZÄÖÅ]?[a-zäöå]+|[A-ZÄÖÅ]+")

_REWARD = re.compile(
    r"\b(?:discount|gift|prize|voucher|coupon|reward|giveaway|raffle|lotter|sweepstake|cashback|bonus)\w*"
    r"|(?<!feel )(?<![-\w])free\s+(?!to\b|of\b)\w+|[0-9]\s*%\s*off\b|\bwin an?\b"
    r"|\b(?:alennu|alekood|lahja(?!kk?a)|lahjo|palkin|palkits|kuponk|kupong|kupon|etusetel)\w*"
    r"|\barvon(?:ta|to|ti|nan|nas|nal|not|toj)\w*|\bilmai(?:nen|sen|sek|sta|set|sia)\w*"
    r"|\b(?:rabatt|gåv|presentkort|belön|utlottning|tävling|gratis|vinst)\w*|\ben present\b|\bvinn(?:a|er)?\b",
    re.IGNORECASE,
)
_STARS = re.compile(
    r"\b(?:[1-9]|one|two|three|four|five|kolme|neljä|viisi|viiden|viittä|tre|fyra|fem)[\s-]*"
    r"(?:stars?\b|täht\w*|tähd\w*|stjärn\w*)|(?:[★⭐🌟]\ufe0f?\s*){2,}",
    re.IGNORECASE,
)


def check_review(review: Review, findings: Findings) -> None:
    """Note every problem of the invitation to review."""
    _check_url(review.url, findings)
    if _carries_rating(review.short_url):
        findings.error(("review", "short_url"), "carries a rating; the same address must serve every customer")
    for language, said in review.text.items():
        _check_words(language, said, findings)


def _check_url(url: str, findings: Findings) -> None:
    place = ("review", "url")
    if not (url.isascii() and url.isprintable()) or " " in url:
        findings.error(place, f"{shown(url)} holds characters that no address has; copy it from a browser")
    if len(url) > _LONGEST_URL:
        findings.error(place, f"is {len(url)} characters long; a code that phones can read holds {_LONGEST_URL}")
    if fault := _address_fault(url):
        findings.error(place, fault)
    if _carries_rating(url):
        findings.error(place, "carries a rating; customers choose their stars themselves, on the review page")


def _address_fault(url: str) -> str:
    try:
        address = urlsplit(url)
        host, _ = address.hostname or "", address.port  # to ask for a port that is none raises ValueError
    except ValueError:
        return f"{shown(url)} is not a web address"
    if address.scheme != "https":
        return f"must start with https://, and {shown(url)} does not"
    if "@" in address.netloc:
        return "carries a user name or a password; anyone can read them from the code"
    if not re.fullmatch(r"[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+", host):
        return f"{shown(url)} names no host such as g.page"
    return ""


def _carries_rating(url: str) -> bool:
    """Tell whether an address, however it is encoded, tells the review page what to rate."""
    decoded = _decoded(url)
    if _RATING_STEP.search(decoded.casefold()):
        return True
    names = (part.partition("=")[0] for part in re.split(r"[/?&;#,!]", decoded) if "=" in part)
    return any(word.casefold() in _RATING_WORDS for name in names for word in [name, *_WORD.findall(name)])


def _decoded(url: str) -> str:
    for _ in range(5):
        if (plain := unquote_plus(url)) == url:
            break
        url = plain
    return url


def _check_words(language: str, said: str, findings: Findings) -> None:
    place = place_of_text(("review", "text"), language)
    if found := _REWARD.search(said):
        findings.error(place, f"{shown(found[0])} promises something for a review; a review may not be bought")
    if found := _STARS.search(said):
        findings.error(place, f"{shown(found[0])} asks for a certain rating; a review may not be steered")
