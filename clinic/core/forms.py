"""The base of all forms: CSRF, trimmed text, our own sentences. The only module that touches flask_wtf."""

from collections.abc import Callable
from functools import lru_cache, wraps
from io import BytesIO
from typing import Any, TypeVar, cast

from flask import Flask, Request, current_app, g, request, session
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.csrf import CSRFError, CSRFProtect, generate_csrf
from markupsafe import Markup
from wtforms import FieldList, FormField, SelectMultipleField
from wtforms.validators import Length
from wtforms.widgets import CheckboxInput, ListWidget

from clinic.core.access import signed_in

__all__ = [
    "ONCE_MORE",
    "CSRFError",
    "Form",
    "Ticks",
    "at_most",
    "csrf_field",
    "set_up_forms",
    "takes_a_file",
    "with_token",
    "without_token",
]

View = TypeVar("View", bound=Callable[..., Any])
csrf = CSRFProtect()
ONCE_MORE = _l(
    "Your browser no longer knows this page. What you typed is still here: please press the button once more. If it "
    "happens again, allow cookies for this page, or call us."
)


class RequestInMemory(Request):
    """What is sent never lies on a disk unsealed, not even for a moment. Its length is limited as any body's."""

    def _get_file_stream(self, *args: Any, **more: Any) -> BytesIO:
        return BytesIO()


def set_up_forms(app: Flask) -> None:
    app.request_class = RequestInMemory
    # No time limit: a token must outlive a long form. It ends with its session.
    # No translations of flask_wtf's own: it reads its files for every form, and all our sentences are our own.
    app.config.update(WTF_CSRF_TIME_LIMIT=None, WTF_I18N_ENABLED=False)

    @app.before_request
    def let_the_staff_send_files() -> None:  # before the token is looked for, for that reads the whole body
        most = getattr(app.view_functions.get(request.endpoint or ""), "most_bytes", None)
        if most and signed_in():
            request.max_content_length = most

    csrf.init_app(app)


def takes_a_file(most_bytes: int) -> Callable[[View], View]:
    """For a post of the staff's that may be larger than our forms."""

    def declare(view: View) -> View:
        view.most_bytes = most_bytes  # type: ignore[attr-defined]
        return view

    return declare


def without_token(view: View) -> View:
    """For a post from pages that are kept and shared, so that no token can stand in them.

    The session's cookie does not come along from other sites, and such a view does nothing for anybody but the visit;
    or for whoever has the link in its address, and looks for itself where the post comes from.
    """
    csrf.exempt(view)
    return view


def with_token(*, otherwise: Callable[..., Any]) -> Callable[[View], View]:
    """For a post that has something to say also to whoever lost their session on the way.

    Without its token the view never runs. `otherwise` is asked instead, with what is in the address: it only reads, and
    where it has nothing to say (None), the post is refused like any other. So is whatever comes from another site.
    """

    def declare(view: View) -> View:
        @wraps(view)
        def asked(**values: Any) -> Any:
            try:
                csrf.protect()
            except CSRFError:
                ours = request.headers.get("Sec-Fetch-Site") != "cross-site"
                if ours and (said := otherwise(**values)) is not None:
                    return said
                raise
            return view(**values)

        csrf.exempt(view)  # from being refused before it gets here
        return cast("View", asked)

    return declare


def csrf_field() -> Markup:
    """The hidden field that every form of ours carries. The same for as long as its session lasts, so that parts of
    pages with forms in them can be kept for that session.
    """
    if "csrf_token" not in session:
        g.pop("csrf_token", None)  # of a session that ended in this very request
        generate_csrf()
    return _field(session["csrf_token"], current_app.secret_key)


@lru_cache(maxsize=1000)
def _field(of_session: str, _key: str) -> Markup:
    return Markup('<input type="hidden" name="csrf_token" value="{}">').format(generate_csrf())


class Form(FlaskForm):  # type: ignore[misc]  # flask_wtf has no types
    """A form of ours. The app checks the token of every unsafe request, so forms need not again."""

    class Meta(FlaskForm.Meta):  # type: ignore[misc]
        csrf = False

        def bind_field(self, form: Any, unbound_field: Any, options: Any) -> Any:
            if issubclass(unbound_field.field_class, FieldList | FormField):
                return unbound_field.bind(form=form, **options)  # the fields within have filters of their own
            filters = (*unbound_field.kwargs.get("filters", ()), _trim)
            return unbound_field.bind(form=form, filters=filters, **options)


class Ticks(SelectMultipleField):  # type: ignore[misc]  # wtforms has no types
    """A group of tick boxes. What no box sends was one when the page was made, and is none any more."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        changed = _l("This list has changed. Please look at it again.")
        super().__init__(*args, invalid_value_message=changed, invalid_choice_message=changed, **kwargs)


def at_most(length: int) -> Length:
    return Length(max=length, message=_l("Shorten this to %(max)d characters or fewer."))


def _trim(value: Any) -> Any:
    """Without spaces around, one kind of line end, and characters no database keeps."""
    if not isinstance(value, str):
        return value
    return value.replace("\r\n", "\n").replace("\0", "").encode("utf-8", "replace").decode().strip()
