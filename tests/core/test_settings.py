"""Settings are read strictly: a value that makes no sense stops the start with one sentence."""

import pytest

import config


def load(**environ):
    return config.load({"INSTANCE": "/tmp", **environ})


@pytest.mark.parametrize(
    ("environ", "word"),
    [
        ({"PORT": "eight"}, "PORT"),
        ({"PORT": "0"}, "PORT"),
        ({"PORT": "65536"}, "PORT"),
        ({"PORT": "-1"}, "PORT"),
        ({"PORT": "８０００"}, "PORT"),
        ({"PROXY_COUNT": "10"}, "PROXY_COUNT"),
        ({"WEB_PROCESSES": "0"}, "WEB_PROCESSES"),
        ({"DATABASE_URL": "mysql://x/y"}, "DATABASE_URL"),
        ({"DATABASE_URL": "sqlite://"}, "DATABASE_URL"),
        ({"PUBLIC_URL": "clinic.example"}, "PUBLIC_URL"),
        ({"PUBLIC_URL": "https://clinic.example/booking"}, "PUBLIC_URL"),
        ({"PUBLIC_URL": "ftp://clinic.example"}, "PUBLIC_URL"),
        ({"PUBLIC_URL": "http://clinic.example"}, "Use https"),
        ({"TRUSTED_HOSTS": "clinic.example/x"}, "TRUSTED_HOSTS"),
        ({"TRUSTED_HOSTS": "*"}, "TRUSTED_HOSTS"),
        ({"SMTP_HOST": "mail.example"}, "MAIL_FROM"),
        ({"MAIL_FROM": "somebody"}, "MAIL_FROM"),
        ({"MAIL_FROM": "a@b c"}, "MAIL_FROM"),
        ({"SMTP_SECURITY": "ssl"}, "SMTP_SECURITY"),
        ({"SMTP_PORT": "25x"}, "SMTP_PORT"),
        ({"DEVELOPMENT": "true"}, "DEVELOPMENT"),
        ({"FLASK_DEBUG": "1"}, "FLASK_DEBUG"),
        ({"CLINIC_KEYS_FILE": "/nowhere/keys"}, "CLINIC_KEYS_FILE"),
    ],
)
def test_what_makes_no_sense_stops_the_start_with_a_sentence_that_names_it(environ, word):
    with pytest.raises(config.SettingError, match=word) as caught:
        load(**environ)
    assert str(caught.value).endswith(".")
    assert "\n" not in str(caught.value)


def test_a_plain_start_is_for_this_machine_alone():
    settings = load()
    assert settings.public_url == "http://127.0.0.1:8000"
    assert settings.trusted_hosts == ("127.0.0.1", "localhost")
    assert not settings.https
    assert not settings.development


def test_a_public_address_names_the_one_host_that_is_answered():
    settings = load(PUBLIC_URL="https://clinic.example/")
    assert settings.public_url == "https://clinic.example"
    assert settings.trusted_hosts == ("clinic.example",)
    assert settings.https


def test_a_setting_left_empty_is_not_set():
    assert load(PORT="", SMTP_HOST=" ").port == load().port


def test_a_secret_may_be_handed_over_in_a_file(tmp_path):
    (tmp_path / "password").write_text("hush\n")
    assert load(SMTP_PASSWORD_FILE=str(tmp_path / "password")).smtp_password == "hush"


def test_a_database_address_as_platforms_hand_it_out_is_understood():
    assert load(DATABASE_URL="postgres://u@h/d").database_url == "postgresql://u@h/d"


def test_a_dotenv_file_counts_and_the_environment_goes_before_it(tmp_path, monkeypatch):
    (tmp_path / ".env").write_text("PORT=8123\nWEB_PROCESSES=3\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("PORT", raising=False)
    monkeypatch.setenv("WEB_PROCESSES", "4")
    settings = config.load()
    assert (settings.port, settings.web_processes) == (8123, 4)
