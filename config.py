"""Every setting of the clinic, read once from the environment and a `.env` file. Nothing else reads them.

A value that makes no sense stops the start with one sentence (SettingError): a clinic that
runs on a guess is worse than one that does not start.
"""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from dotenv import dotenv_values

LOOPBACK = {"127.0.0.1", "localhost", "::1", "[::1]"}


class SettingError(Exception):
    """A setting that cannot be used. Its text is one sentence that says how to mend it."""


@dataclass(frozen=True)
class Settings:
    """The settings of one process, checked. See `docs/settings.md` for each in words."""

    instance: Path
    database_url: str
    port: int
    public_url: str
    trusted_hosts: tuple[str, ...]
    proxy_count: int
    web_processes: int
    clinic_keys: str | None
    backup_passphrase: str | None
    smtp_host: str | None
    smtp_port: int
    smtp_user: str | None
    smtp_password: str | None
    smtp_security: str
    mail_from: str | None
    development: bool

    @property
    def https(self) -> bool:
        """True where people reach the clinic over https: cookies and headers follow from it."""
        return self.public_url.startswith("https://")

    @property
    def mail_stays(self) -> bool:
        """True where a demo shows its mail instead of sending it: no mail server, and only this machine looks."""
        return not self.https and not self.smtp_host


def load(environ: Mapping[str, str] | None = None) -> Settings:
    """Read and check all settings. Raises SettingError for the first that is wrong."""
    env = _known(_of_this_process() if environ is None else environ)
    instance = Path(env.get("INSTANCE", "instance")).resolve()
    port = _integer(env, "PORT", 8000, 1, 65535)
    public_url = _public_url(env, port)
    return Settings(
        instance=instance,
        database_url=_database_url(env, instance),
        port=port,
        public_url=public_url,
        trusted_hosts=_trusted_hosts(env, public_url),
        proxy_count=_integer(env, "PROXY_COUNT", 0, 0, 9),
        web_processes=_integer(env, "WEB_PROCESSES", 2, 1, 64),
        clinic_keys=_secret(env, "CLINIC_KEYS"),
        backup_passphrase=_secret(env, "BACKUP_PASSPHRASE"),
        smtp_host=env.get("SMTP_HOST"),
        smtp_port=_integer(env, "SMTP_PORT", 587, 1, 65535),
        smtp_user=env.get("SMTP_USER"),
        smtp_password=_secret(env, "SMTP_PASSWORD"),
        smtp_security=_one_of(env, "SMTP_SECURITY", ("starttls", "tls", "none")),
        mail_from=_mail_from(env),
        development=_one_of(env, "DEVELOPMENT", ("no", "yes")) == "yes",
    )


NAMES = (
    "INSTANCE",
    "DATABASE_URL",
    "PORT",
    "PUBLIC_URL",
    "TRUSTED_HOSTS",
    "PROXY_COUNT",
    "WEB_PROCESSES",
    "CLINIC_KEYS",
    "BACKUP_PASSPHRASE",
    "SMTP_HOST",
    "SMTP_PORT",
    "SMTP_USER",
    "SMTP_PASSWORD",
    "SMTP_SECURITY",
    "MAIL_FROM",
    "DEVELOPMENT",
)


def _of_this_process() -> dict[str, str]:
    """The real environment, and what a `.env` file in the folder of the start adds to it."""
    if os.environ.get("FLASK_SKIP_DOTENV"):
        return dict(os.environ)
    return {**{name: value for name, value in dotenv_values(".env").items() if value}, **os.environ}


def _known(environ: Mapping[str, str]) -> dict[str, str]:
    """Our settings alone, without those left empty (`NAME=` in an env file means not set)."""
    if environ.get("FLASK_DEBUG", "0") not in {"", "0", "false", "no"}:
        raise SettingError("FLASK_DEBUG is on: its pages show secrets to strangers. Unset it and start again.")
    known = (*NAMES, "CLINIC_KEYS_FILE", "BACKUP_PASSPHRASE_FILE", "SMTP_PASSWORD_FILE")
    return {name: environ[name].strip() for name in known if environ.get(name, "").strip()}


def _integer(env: Mapping[str, str], name: str, default: int, least: int, most: int) -> int:
    text = env.get(name, str(default))
    if not re.fullmatch(r"[0-9]{1,6}", text) or not least <= int(text) <= most:
        raise SettingError(f"{name} is {text!r}: it must be a whole number from {least} to {most}.")
    return int(text)


def _one_of(env: Mapping[str, str], name: str, words: tuple[str, ...]) -> str:
    text = env.get(name, words[0])
    if text not in words:
        raise SettingError(f"{name} is {text!r}: it must be one of {', '.join(words)}.")
    return text


def _secret(env: Mapping[str, str], name: str) -> str | None:
    """A secret given directly, or by NAME_FILE as container platforms hand them out."""
    path = env.get(f"{name}_FILE")
    if path is None:
        return env.get(name)
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise SettingError(f"{name}_FILE is {path!r}, which cannot be read: {error.strerror}.") from error


def _database_url(env: Mapping[str, str], instance: Path) -> str:
    url = env.get("DATABASE_URL", f"sqlite:///{instance / 'clinic.db'}")
    if url.startswith("postgres://"):
        url = "postgresql://" + url.removeprefix("postgres://")
    if not re.match(r"(sqlite:///.|postgresql(\+psycopg)?://)", url):
        raise SettingError("DATABASE_URL must begin with sqlite:/// or postgresql://.")
    return url


def _public_url(env: Mapping[str, str], port: int) -> str:
    url = env.get("PUBLIC_URL", f"http://127.0.0.1:{port}").rstrip("/")
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path or parts.query:
        raise SettingError(f"PUBLIC_URL is {url!r}: it must look like https://clinic.example.")
    if parts.scheme == "http" and parts.hostname not in LOOPBACK:
        raise SettingError(f"PUBLIC_URL is {url!r}: plain http is for this machine alone. Use https.")
    return url


def _trusted_hosts(env: Mapping[str, str], public_url: str) -> tuple[str, ...]:
    host = urlsplit(public_url).hostname or ""
    if "TRUSTED_HOSTS" in env:
        hosts = tuple(name.strip() for name in env["TRUSTED_HOSTS"].split(",") if name.strip())
        if not all(re.fullmatch(r"\.?[A-Za-z0-9.\-\[\]:]+", name) for name in hosts):
            raise SettingError("TRUSTED_HOSTS must be host names with commas between, such as clinic.example.")
        return hosts
    return ("127.0.0.1", "localhost") if host in LOOPBACK else (host,)


def _mail_from(env: Mapping[str, str]) -> str | None:
    address = env.get("MAIL_FROM")
    if "SMTP_HOST" in env and not address:
        raise SettingError("SMTP_HOST is set but MAIL_FROM is not: name the address that mails come from.")
    if address and not re.fullmatch(r"[^@\s]+@[^@\s]+", address):
        raise SettingError(f"MAIL_FROM is {address!r}: it must be a mail address.")
    return address
