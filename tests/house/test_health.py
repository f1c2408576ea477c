import pytest
from django.core.exceptions import ImproperlyConfigured

from oas_cyber import health


def test_the_process_answers_without_asking_the_database(client):
    response = client.get("/health/live/", headers={"host": "10.0.0.1"})

    assert response.status_code == 200


def test_ready_with_database_broker_migrations_and_wall(client, db):
    response = client.get("/health/ready/")

    assert (response.status_code, response.json()) == (200, {"ready": True})


@pytest.mark.parametrize("fault", ["migrations_of_the_code", "holes"])
def test_what_is_amiss_is_logged_and_not_told(client, db, monkeypatch, caplog, fault):
    answers = {"migrations_of_the_code": frozenset({("notices", "0099_secret")}), "holes": ["secret hole"]}
    monkeypatch.setattr(health, fault, lambda: answers[fault])

    response = client.get("/health/ready")

    assert (response.status_code, response.json()) == (503, {"ready": False})
    assert "secret" in caplog.text


def test_a_broker_that_is_away_is_not_ready(client, db, monkeypatch):
    monkeypatch.setattr(health.current_app.conf, "broker_write_url", "redis://127.0.0.1:1/0")

    assert client.get("/health/ready/").status_code == 503


def test_health_is_only_read(client, db):
    assert client.post("/health/live/").status_code == 405


def test_a_database_with_holes_is_not_served_from(db, monkeypatch):
    monkeypatch.setattr(health, "holes", lambda: ["the role x bypasses row security", "another one"])
    monkeypatch.setattr(health.connection, "close", lambda: None)

    with pytest.raises(ImproperlyConfigured, match="x bypasses row security; another one"):
        health.refuse_holes()
