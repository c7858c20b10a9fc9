"""What SEARCH_URL may say, and what is said of one that says something else."""

import pytest
from django.test import override_settings

from search.engines import get_engine
from search.engines.base import EngineError
from search.engines.elasticsearch import ElasticsearchEngine
from search.engines.elasticsearch_address import PREFIX, TIMEOUT, Address, read

SECRET = "s3cret"


def test_an_address_with_everything(tmp_path):
    ca = tmp_path / "ca.pem"
    ca.touch()
    url = f"https://hub%40x:p%2Fw%3A@one.example:9201,two.example,[::1]:9202/hub-1?ca={ca}&timeout=0.5"
    assert read(url) == Address(
        nodes=("https://one.example:9201", "https://two.example:9200", "https://[::1]:9202"),
        prefix="hub-1",
        user="hub@x",
        password="p/w:",
        ca=str(ca),
        timeout=0.5,
    )


@pytest.mark.parametrize("url", ["http://localhost", "http://localhost/", "http://localhost:9200?"])
def test_an_address_with_as_little_as_possible(url):
    assert read(url) == Address(nodes=("http://localhost:9200",), prefix=PREFIX, timeout=TIMEOUT)


@pytest.mark.parametrize("key", ["ab%2Bcd%3D%3D", "ab+cd=="])
def test_an_api_key_may_be_escaped_or_not(key):
    assert read(f"https://host/hub?api_key={key}").api_key == "ab+cd=="


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("localhost:9200", "no address"),
        ("ftp://localhost", "no address"),
        (f"https://{SECRET}:x@@host", "no address"),
        (f"https://user:{SECRET}/x@host", "a host that is none"),
        ("https://one,,two", "a host that is none"),
        ("https://host:99999", "a host that is none"),
        ("https://host:port", "a host that is none"),
        ("https://host:0", "a host that is none"),
        ("https://host:٩٢٠٠", "a host that is none"),
        ("https://a..b", "a host that is none"),
        ("https://.", "a host that is none"),
        ("https://-a", "a host that is none"),
        (f"https://{'a' * 64}", "a host that is none"),
        ("https://[:]", "a host that is none"),
        ("https://[1:2]", "a host that is none"),
        ("https://host?api_key=%D8%B3", "ASCII"),
        ("https://host?api_key=a%0Ab", "ASCII"),
        ("https://user@host", "without a password"),
        (f"https://:{SECRET}@host", "without a user"),
        (f"https://user:{SECRET}@host?api_key=x", "one of them must go"),
        ("https://host/Hub", "a prefix of index names"),
        ("https://host/hub/more", "a prefix of index names"),
        ("https://host/hub.1", "a prefix of index names"),
        ("https://host/hub?timeuot=1", "means nothing: timeuot"),
        ("https://host/hub?timeout=soon", "timeout must be a number"),
        ("https://host/hub?timeout=0", "timeout must be a number"),
        ("https://host/hub?timeout=nan", "timeout must be a number"),
        ("http://host/hub?ca=/etc/hosts", "not https"),
        ("https://host/hub?ca=/no/such/file", "not there: /no/such/file"),
    ],
)
def test_what_is_wrong_is_told_without_secrets(url, message):
    with pytest.raises(EngineError, match=message) as caught:
        read(url)
    assert "SEARCH_URL" in str(caught.value)
    assert SECRET not in str(caught.value)


@pytest.mark.parametrize("host", ["my_es", "es-1.example.", "1.2.3.4", "[::ffff:1.2.3.4]"])
def test_hosts_may_have_any_name_that_a_resolver_takes(host):
    assert read(f"https://{host}").nodes == (f"https://{host}:9200",)


def test_secrets_are_not_shown_when_an_address_is_printed():
    assert SECRET not in repr(read(f"https://user:{SECRET}@host"))
    assert SECRET not in repr(read(f"https://host?api_key={SECRET}"))


def test_the_engine_of_the_process_is_chosen_by_the_address():
    with override_settings(SEARCH_URL="http://127.0.0.1:9/hub"):
        engine = get_engine()
        assert isinstance(engine, ElasticsearchEngine)
        assert get_engine() is engine
    with override_settings(SEARCH_URL="ftp://127.0.0.1/hub"), pytest.raises(EngineError, match="SEARCH_URL"):
        get_engine()


def test_a_password_that_is_no_text_is_told_without_it():
    """As a variable of the environment has it whose bytes are not UTF-8."""
    with override_settings(SEARCH_URL="https://hub:s3\udcff@localhost"), pytest.raises(EngineError) as caught:
        get_engine()
    assert "SEARCH_URL" in str(caught.value)
    assert "s3" not in str(caught.value)


def test_a_file_of_certificates_that_holds_none_is_told(tmp_path):
    ca = tmp_path / "ca.pem"
    ca.write_text("no certificate")
    with override_settings(SEARCH_URL=f"https://localhost/hub?ca={ca}"), pytest.raises(EngineError, match="SEARCH_URL"):
        get_engine()
