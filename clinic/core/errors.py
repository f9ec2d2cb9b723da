"""Error pages: plain words and what to do next."""

import logging
import traceback

from flask import Flask, render_template
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException, SecurityError
from werkzeug.wrappers import Response

from clinic.core.forms import CSRFError

log = logging.getLogger("clinic")
PAGES = {400, 403, 404, 409, 413, 429}


def set_up_errors(app: Flask) -> None:
    # Rendered once, now: when something is broken it needs neither database nor user.
    broken = app.jinja_env.get_template("errors/500.html").render(_=str)

    @app.errorhandler(HTTPException)
    def refused(error: HTTPException) -> tuple[str, int] | Response:
        code = error.code or 500
        if code < 400:
            return error.get_response()
        if code >= 500:
            return broken, code
        if isinstance(error, SecurityError):  # a host that is not ours: there are no addresses to make a page with
            return Response("This address is not served here.\n", 400, mimetype="text/plain")
        page = code if code in PAGES else 400
        answer = app.make_response((render_template(f"errors/{page}.html", message=_message(error)), code))
        if code == 405 and (allowed := getattr(error, "valid_methods", None)):
            answer.headers["Allow"] = ", ".join(allowed)
        return answer

    @app.errorhandler(Exception)
    def failed(error: Exception) -> tuple[str, int]:
        log_failure(error)
        return broken, 503 if isinstance(error, OperationalError) else 500


def log_failure(error: Exception) -> None:
    """Kinds and places only: a message may quote what somebody typed."""
    frames = [f"{f.filename}:{f.lineno}" for f in traceback.extract_tb(error.__traceback__)]
    log.error("failed", extra={"kind": type(error).__name__, "at": frames[-8:]})


def _message(error: HTTPException) -> str | None:
    """Our own sentence where a view gave one; the library's wording is not for clients."""
    if isinstance(error, CSRFError):
        return None
    given = error.description
    return given if given and given != type(error).description else None
