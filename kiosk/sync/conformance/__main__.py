"""`python -m kiosk.sync.conformance`: exit code 0 where the sink keeps every rule, 1 where it does not."""

from __future__ import annotations

import argparse
import ssl
import sys
import uuid
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from kiosk.clock import SystemClock
from kiosk.sync.conformance import batches, refusals, webhooks
from kiosk.sync.conformance.samples import Samples
from kiosk.sync.conformance.signing import Signing, with_secret, with_token
from kiosk.sync.conformance.sink import Sink
from kiosk.sync.conformance.trial import Finding, Trial, run


def main(arguments: Sequence[str]) -> int:
    """Hold a sink to the rules and print what came out; give the exit code."""
    asked = _parser().parse_args(arguments)
    trusted = ssl.create_default_context(cafile=asked.trust) if asked.trust else None
    rules = webhooks.RULES if asked.secret_file else (*batches.RULES, *refusals.RULES)
    with closing(Sink(asked.url, _signing(asked), trusted)) as sink:
        broken = sum(_tell(finding) for finding in run(Trial(sink, Samples(asked.device, SystemClock().now())), rules))
    sys.stdout.write("Every rule is kept.\n" if not broken else f"Rules that are not kept: {broken}.\n")
    return int(broken > 0)


def _tell(finding: Finding) -> bool:
    """Print what came out for a rule; True where it is broken."""
    sys.stdout.write(f"{'BROKEN' if finding.fault else 'ok    '}  {finding.rule}\n")
    if finding.fault:
        sys.stdout.write(f"        {finding.fault}\n")
    sys.stdout.flush()
    return bool(finding.fault)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m kiosk.sync.conformance",
        description="Hold a sink to docs/wire-format.md. Leaves made-up answers there, marked staff_test.",
    )
    parser.add_argument("url", metavar="URL", help="where batches are sent to, as https://sink.example/v1/events")
    who = parser.add_mutually_exclusive_group(required=True)
    who.add_argument("--token-file", type=Path, metavar="FILE", help="the token of a kiosk made for this trial alone")
    who.add_argument(
        "--secret-file", type=Path, metavar="FILE", help="the secret of a webhook, whsec_…: hold it to those rules"
    )
    parser.add_argument(
        "--device", type=uuid.UUID, metavar="ID", default=uuid.uuid4(), help="the id that the token belongs to"
    )
    parser.add_argument("--trust", metavar="FILE", help="certificates to trust instead of the usual ones (PEM)")
    return parser


def _signing(asked: argparse.Namespace) -> Signing:
    file: Path = asked.secret_file or asked.token_file
    try:
        secret = file.read_text(encoding="ascii").strip()
        return with_secret(secret) if asked.secret_file else with_token(secret)
    except (OSError, ValueError) as error:
        _parser().error(f"{file}: {error}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
