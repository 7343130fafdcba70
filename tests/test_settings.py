from pathlib import Path

import pytest
from pydantic import SecretStr

from summariser.errors import SettingsError, UsageError
from summariser.settings import PROVIDERS, Settings, provider_of


def test_argument_goes_before_environment_and_environment_before_openai(monkeypatch):
    monkeypatch.setenv("OPENAI_API_KEY", "from-openai")
    monkeypatch.setenv("OPENAI_BASE_URL", "http://openai.test/v1")
    assert Settings.load().api_key == SecretStr("from-openai")
    assert Settings.load().base_url == "http://openai.test/v1"
    monkeypatch.setenv("SUMMARISER_API_KEY", "from-ours")
    monkeypatch.setenv("SUMMARISER_BASE_URL", "http://ours.test/v1")
    assert Settings.load().api_key == SecretStr("from-ours")
    assert Settings.load(api_key="given", base_url=None).api_key == SecretStr("given")
    assert Settings.load().base_url == "http://ours.test/v1"
    assert Settings.load(base_url="http://given.test/v1/").base_url == "http://given.test/v1"


def test_values_of_the_environment_are_read_in_their_types(monkeypatch):
    monkeypatch.setenv("SUMMARISER_TIMEOUT", "2.5")
    monkeypatch.setenv("SUMMARISER_MAX_RETRIES", "7")
    monkeypatch.setenv("SUMMARISER_ALLOW_PRIVATE_ADDRESSES", "yes")
    monkeypatch.setenv("SUMMARISER_PROMPTS", "~/prompts")
    monkeypatch.setenv("SUMMARISER_MODEL", "  ")
    settings = Settings.load()
    assert (settings.timeout, settings.max_retries, settings.allow_private_addresses) == (2.5, 7, True)
    assert settings.prompts == Path.home() / "prompts"
    assert settings.model is None


def test_a_key_in_the_environment_chooses_no_model(monkeypatch):
    monkeypatch.setenv("OPENAI_API_KEY", "sk-lying-around")
    monkeypatch.setenv("OPENAI_MODEL", "gpt-x")
    assert Settings.load().model is None


def test_the_openai_key_serves_a_server_of_ones_own(monkeypatch):
    monkeypatch.setenv("OPENAI_API_KEY", "key-of-openai")
    for model in ("my-model", "google/gemma", "meta-llama/Llama-3"):
        assert Settings.load(model=model, base_url="http://h/v1").api_key == SecretStr("key-of-openai")
    assert Settings.load(model="ollama/llama3", base_url="http://h/v1").api_key is None


@pytest.mark.parametrize("model", ["anthropic/claude", "openrouter/openai/gpt-x", "ollama/llama3"])
def test_the_openai_key_and_address_are_not_for_other_providers(monkeypatch, model):
    monkeypatch.setenv("OPENAI_API_KEY", "sk-of-openai")
    monkeypatch.setenv("OPENAI_BASE_URL", "http://openai.test/v1")
    settings = Settings.load(model=model)
    assert settings.api_key is None
    assert settings.base_url is None


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("SUMMARISER_TIMEOUT", "soon"),
        ("SUMMARISER_TIMEOUT", "0"),
        ("SUMMARISER_DEADLINE", "inf"),
        ("SUMMARISER_MAX_RETRIES", "-1"),
        ("SUMMARISER_MODE", "xml"),
        ("SUMMARISER_TEMPERATURE", "3"),
        ("SUMMARISER_BASE_URL", "localhost:8000"),
        ("SUMMARISER_BASE_URL", "http://exa mple/v1"),
        ("SUMMARISER_BASE_URL", "http://host:99999/v1"),
        ("SUMMARISER_ALLOW_PRIVATE_ADDRESSES", "perhaps"),
        ("SUMMARISER_API_KEY", "two words"),
        ("OPENAI_API_KEY", "schlüssel"),
        ("OPENAI_BASE_URL", "ftp://host/"),
    ],
)
def test_a_wrong_value_names_its_variable_and_not_the_key(monkeypatch, variable, value):
    monkeypatch.setenv(variable, value)
    with pytest.raises(SettingsError, match=f"^{variable}: ") as caught:
        Settings.load()
    assert isinstance(caught.value, UsageError)
    assert "\n" not in str(caught.value)
    if variable.endswith("KEY"):
        assert value not in str(caught.value)
    assert caught.value.__context__ is None


def test_a_wrong_argument_and_an_unknown_one_are_named():
    with pytest.raises(SettingsError, match=r"^max_reasks: "):
        Settings.load(max_reasks="many")
    with pytest.raises(SettingsError, match="no setting 'modle'"):
        Settings.load(modle="x")


def test_recording_modes_exclude_each_other(monkeypatch, tmp_path):
    with pytest.raises(SettingsError, match="replay and record exclude each other"):
        Settings.load(replay=tmp_path, record=tmp_path)
    monkeypatch.setenv("SUMMARISER_REPLAY", str(tmp_path))
    monkeypatch.setenv("SUMMARISER_CACHE", str(tmp_path))
    with pytest.raises(SettingsError, match="exclude each other"):
        Settings.load()
    settings = Settings.load(record=tmp_path)
    assert (settings.record, settings.replay, settings.cache) == (tmp_path, None, None)


def test_replace_checks_and_switches_the_folder(tmp_path):
    settings = Settings(model="m", cache=tmp_path)
    assert settings.replace(timeout=3).timeout == 3
    assert settings.replace(timeout=3).cache == tmp_path
    replayed = settings.replace(replay=tmp_path)
    assert (replayed.replay, replayed.cache, replayed.model) == (tmp_path, None, "m")
    with pytest.raises(SettingsError, match="timeout"):
        settings.replace(timeout=-1)


def test_settings_are_values_and_hide_the_key():
    one, other = (
        Settings(model="m", api_key=SecretStr("sk-hidden")),
        Settings(model="m", api_key=SecretStr("sk-hidden")),
    )
    assert one == other
    assert hash(one) == hash(other)
    assert "sk-hidden" not in repr(one) + str(one) + one.model_dump_json()


def test_the_providers_are_those_that_instructor_knows():
    from instructor.v2 import auto_client

    assert frozenset(auto_client._PROVIDER_BUILDERS) == PROVIDERS


@pytest.mark.parametrize(
    ("model", "provider"),
    [("openai/gpt", "openai"), ("meta-llama/Llama-3", None), ("gpt", None), ("openai/", None), ("/x", None)],
)
def test_provider_of(model, provider):
    assert provider_of(model) == provider


def test_a_misspelt_variable_is_named(monkeypatch):
    monkeypatch.setenv("SUMMARISER_TIMOUT", "5")
    with pytest.raises(SettingsError, match="SUMMARISER_TIMOUT"):
        Settings.load()
