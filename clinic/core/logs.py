"""One JSON line a request: which page, what answer, how long. Never who, never an address with a token in it."""

import json
import logging
import sys
import time
from datetime import UTC, datetime

from flask import Flask, Response, g, request

log = logging.getLogger("clinic")
EXTRAS = ("method", "route", "status", "ms", "kind", "at", "occasion")


class JsonLines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "event": record.msg,
        }
        line.update({name: record.__dict__[name] for name in EXTRAS if name in record.__dict__})
        return json.dumps(line)


def set_up_logs(app: Flask) -> None:
    if not log.handlers:
        handler = logging.StreamHandler(sys.stderr)
        handler.setFormatter(JsonLines())
        log.addHandler(handler)
        log.setLevel(logging.INFO)
        log.propagate = False

    @app.before_request
    def begin() -> None:
        g.began = time.perf_counter()

    @app.after_request
    def end(response: Response) -> Response:
        if not log.isEnabledFor(logging.INFO):
            return response
        took = (time.perf_counter() - g.get("began", time.perf_counter())) * 1000
        # The route's pattern and not its path: a path may hold a link's token.
        route = request.url_rule.rule if request.url_rule else None
        fields = {
            "method": request.method,
            "route": route,
            "status": response.status_code,
            "ms": round(took, 1),
        }
        log.info("request", extra=fields)
        return response
