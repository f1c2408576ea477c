import pytest
from django.db import models
from django.test.utils import isolate_apps
from django.utils.translation import deactivate_all, override

from common.translated import Translated, by_name, suffix, translated


class Place:
    name = Translated("name")

    def __init__(self, **names):
        self.__dict__.update({f"name_{column}": "" for column in ("en", "es", "fr", "pt_br")} | names)


PERU = Place(name_en="Peru", name_es="Perú", name_fr="Pérou", name_pt_br="Peru (pt)")


@pytest.fixture
def model():
    with isolate_apps("common"):

        class Country(models.Model):
            name_en = models.CharField(max_length=200)
            name_es = models.CharField(max_length=200)
            name_fr = models.TextField()
            name_pt_br = models.CharField(max_length=200)
            name = Translated("name")

            class Meta:
                app_label = "common"

            def __str__(self):
                return self.name

        yield Country


@pytest.mark.parametrize(
    ("language", "name"),
    [
        ("en", "Peru"),
        ("es", "Perú"),
        ("fr", "Pérou"),
        ("pt-br", "Peru (pt)"),
        ("es-419", "Perú"),
        ("de", "Peru"),
    ],
)
def test_name_follows_the_active_language(language, name):
    with override(language):
        assert PERU.name == name


def test_an_empty_column_falls_back_to_english():
    with override("fr"):
        assert Place(name_en="Belize").name == "Belize"


def test_without_a_language_the_name_is_english():
    with override("es"):
        deactivate_all()

        assert PERU.name == "Peru"


def test_the_name_itself_cannot_be_set():
    with pytest.raises(AttributeError, match="Set name_en, name_es, name_fr or name_pt_br"):
        PERU.name = "Pirú"

    assert PERU.name_en == "Peru"


def test_suffix_of_a_named_language():
    assert [suffix(code) for code in ("en", "es", "fr", "pt-br", "pt_BR")] == [
        "en",
        "es",
        "fr",
        "pt_br",
        "pt_br",
    ]


def test_a_model_keeps_four_plain_columns(model):
    assert [field.name for field in model._meta.fields if field.name != "id"] == [
        "name_en",
        "name_es",
        "name_fr",
        "name_pt_br",
    ]
    with override("es"):
        assert model(name_en="Brazil", name_es="Brasil").name == "Brasil"


def test_order_in_english_sets_accents_and_case_aside(model):
    with override("en"):
        query = str(model._default_manager.order_by(by_name()).query)

    assert query.endswith('ORDER BY unaccent(LOWER("common_country"."name_en")) ASC')


@pytest.mark.parametrize("language", ["es", "fr", "pt-br"])
def test_order_in_another_language_falls_back_to_english(model, language):
    with override(language):
        query = str(model._default_manager.order_by(by_name()).query)

    column = f'"common_country"."name_{suffix(language)}"'
    assert f"NULLIF({column}, " in query
    assert query.endswith('"common_country"."name_en"))) ASC') or query.endswith(")::text)) ASC")


def test_names_can_be_read_in_a_query(model):
    with override("en"):
        query = str(model._default_manager.annotate(shown=translated("name")).values("shown").query)

    assert query == 'SELECT "common_country"."name_en" AS "shown" FROM "common_country"'
