"""A hub that keeps nothing: it unpacks a batch and acknowledges it. Run as a program of its own: PORT HUB."""

from __future__ import annotations

import gzip
import json
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Receiver(BaseHTTPRequestHandler):
    """Acknowledges every batch."""

    protocol_version = "HTTP/1.1"
    hub = ""

    def do_POST(self) -> None:
        """Take a batch."""
        packed = self.rfile.read(int(self.headers["content-length"]))
        records = [event for event in json.loads(gzip.decompress(packed)) if "sequence" in event]
        body = json.dumps(
            {
                "accepted": len(records),
                "duplicate": 0,
                "highest_sequence": int(records[-1]["sequence"]) if records else 0,
                "server_time": "2026-11-22T10:00:00Z",
                "next_sync_s": 300,
                "hub": self.hub,
            }
        ).encode()
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


if __name__ == "__main__":
    Receiver.hub = sys.argv[2]
    ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Receiver).serve_forever()
