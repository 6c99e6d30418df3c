"""The names of classes as people read them: in their language, and told apart where the published ones are not."""

import functools
from collections.abc import Mapping

from vgg_desktop import paths
from vgg_desktop.models.labels import short_name, synonyms
from vgg_desktop.tables import read_text

LANGUAGES = ("en", "de", "ja")


@functools.cache
def names_in(language: str) -> Mapping[str, str]:
    """Return the names by WordNet id, in English only those that occur twice; read at the first call.

    The files are `labels/*_LANGUAGE.tsv`: `id TAB name`. Raises `CatalogInvalid`.
    """
    files = sorted(paths.resource("labels").glob(f"*_{language}.tsv")) if language in LANGUAGES else ()
    lines = (line.split("\t", 1) for file in files for line in read_text(file).splitlines())
    return dict(lines)


@functools.lru_cache(4096)  # the window asks again for every picture of a list that it sorts
def class_name(id: str, label: str, language: str) -> str:
    """Return the name of a class in a language; where there is none, the first of its published names."""
    return names_in(language).get(id) or short_name(label)


def other_names(id: str, label: str, language: str) -> str:
    """Return the published names of a class, without the first one where that is shown; "" if there is no other."""
    is_published = (
        language == "en" or class_name(id, label, language).casefold() == short_name(label).casefold()
    )
    return synonyms(label) if is_published else label


def full_name(id: str, label: str, language: str) -> str:
    """Return the name of a class with its synonyms as far as they are in the language: English's published ones."""
    if id not in names_in(language):
        return label
    name = class_name(id, label, language)
    return ", ".join(filter(None, (name, synonyms(label)))) if language == "en" else name
