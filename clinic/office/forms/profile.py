"""The shape of what a therapist says of themself on their page."""

from collections.abc import Iterable, Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, StringField, TextAreaField, ValidationError

from clinic.core.forms import at_most
from clinic.core.setting import Chosen, SettingForm
from clinic.core.templating import language
from clinic.front.wording import GENDERS, language_names

MOST_LANGUAGES = 12


class ProfileForm(SettingForm):
    about = TextAreaField(
        _l("In a line or two"), [at_most(400)], description=_l("Under the name, here and on the home page.")
    )
    profile_words = TextAreaField(
        _l("More about you"),
        [at_most(2000)],
        description=_l("How you work and how you came to it. An empty line begins a paragraph. Promise no outcome."),
    )
    languages = StringField(
        _l("Languages you treat in"), [at_most(300)], description=_l("With commas, such as English, Polish.")
    )
    gender = Chosen(_l("A woman or a man"), description=_l("Clients may ask for either. You need not say."))
    seen = HiddenField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.gender.offer(GENDERS.items(), _l("Not said"))
        self._languages_in_words()

    def show_before(self, values: Mapping[str, Any]) -> None:
        super().show_before(values)
        self._languages_in_words()

    def _languages_in_words(self) -> None:
        if isinstance(self.languages.data, list):
            self.languages.data = _named(self.languages.data)

    def validate_languages(self, field: StringField) -> None:
        unknown = [word for word, code in _read(field.data) if code is None]
        if unknown:
            raise ValidationError(_("We do not know “%(word)s”. Write it as in English, Polish.", word=unknown[0]))
        if len(_read(field.data)) > MOST_LANGUAGES:
            raise ValidationError(_("Name %(n)s languages at most.", n=MOST_LANGUAGES))

    def values(self) -> dict[str, Any]:
        """Each language once, as its code."""
        codes = list(dict.fromkeys(code for _word, code in _read(self.languages.data) if code))
        told = {name: value for name, value in super().values().items() if name != "seen"}
        return {**told, "languages": codes}

    def label_of(self, name: str) -> str:
        return str(_("Photo")) if name == "photo" else super().label_of(name)

    def in_words(self, name: str, value: Any) -> str:
        if name == "photo":
            return str(PHOTOS[value])
        if name == "languages" and value:
            return _named(value)
        return super().in_words(name, value)


PHOTOS = {"": _l("none"), "one": _l("a photo"), "another": _l("another photo")}  # as the trail tells of it


def _named(codes: Iterable[str]) -> str:
    names = language_names(language())
    return ", ".join(names.get(code, code) for code in codes)


def _read(typed: str | None) -> list[tuple[str, str | None]]:
    """Each word between commas, with the code of the language it names."""
    codes = {name.casefold(): code for code, name in language_names(language()).items()}
    words = [word.strip() for word in (typed or "").split(",")]
    return [(word, codes.get(word.casefold())) for word in words if word]
