"""The names of classes on the screen: complete, distinct, and in the language that they claim."""

import re
import subprocess
import sys
from collections import Counter

import pytest

from vgg_desktop import paths
from vgg_desktop.models.class_names import LANGUAGES, class_name, full_name, names_in, other_names
from vgg_desktop.models.labels import Label, read_labels, short_name

NETWORKS = {name: read_labels(paths.resource(f"labels/{name}.tsv")) for name in ("imagenet", "cifar10")}
CLASSES = {label.id: label for labels in NETWORKS.values() for label in labels}
# German names that English has too.
THE_SAME = """
    Abaya, Admiral, Affenpinscher, Airedale Terrier, Alaskan Malamute, Altar, American Staffordshire
    Terrier, Ananas, Australian Terrier, Axolotl, Bagel, Banjo, Barometer, Baseball, Basenji,
    Basketball, Basset, Beagle, Bedlington Terrier, Bikini, Bison, Bob, Bobtail, Border Collie, Border
    Terrier, Boston Terrier, Bouvier des Flandres, Boxer, Briard, Burrito, Cairn Terrier, Carbonara,
    Cello, Cheeseburger, Chesapeake Bay Retriever, Chihuahua, Clumber Spaniel, Collie, Dandie Dinmont
    Terrier, Dingo, Dock, Dugong, English Foxhound, English Setter, English Springer Spaniel, Espresso,
    Flamingo, Gazelle, Gibbon, Golden Retriever, Gong, Gordon Setter, Gorilla, Granny Smith,
    Groenendael, Guacamole, Guillotine, Hammer, Hamster, Holster, Hotdog, Impala, Indri, iPod, Irish
    Setter, Irish Terrier, Jaguar, Jeep, Joystick, Kelpie, Kerry Blue Terrier, Kimono, Koala, Komondor,
    Kuvasz, Labrador Retriever, Labyrinth, Lakeland Terrier, Langur, Laptop, Leopard, Lhasa Apso,
    Lotion, Malinois, Marimba, Megalith, Minivan, Modem, Monitor, Moped, Norfolk Terrier, Norwich
    Terrier, Notebook, Obelisk, Oboe, Orange, Otter, Papillon, Pekinese, Pickelhaube, Pizza,
    Planetarium, Poncho, Puck, Puma, Radio, Restaurant, Revolver, Rhodesian Ridgeback, Rottweiler,
    Rucksack, Saluki, Sarong, Schipperke, Scottish Terrier, Sealyham Terrier, Shoji, Siamang, Ski,
    Snoek, Sombrero, Staffordshire Bullterrier, Stupa, Sussex Spaniel, Sweatshirt, T-Shirt, Tandem,
    Taxi, Tiger, Toaster, Triceratops, Trifle, Trimaran, Vase, Volleyball, Wallaby, Website, Weimaraner,
    Welsh Springer Spaniel, West Highland White Terrier, Whippet, Wok, Wombat, Yawl, Yorkshire Terrier,
    Zebra, Zucchini
"""


def lines(name: str) -> list[list[str]]:
    text = paths.resource(f"labels/{name}.tsv").read_text("utf-8")
    assert text.endswith("\n")
    assert "\r" not in text
    return [line.split("\t") for line in text.splitlines()]


def shown(labels: tuple[Label, ...], language: str) -> Counter[str]:
    return Counter(class_name(each.id, each.name, language).casefold() for each in labels)


def published(label: Label) -> set[str]:
    return {name.strip().casefold() for name in label.name.split(",")}


@pytest.mark.parametrize("language", ["de", "ja"])
@pytest.mark.parametrize("network", NETWORKS)
def test_every_class_has_a_name_in_the_order_of_the_published_file(network: str, language: str) -> None:
    assert [id for id, _ in lines(f"{network}_{language}")] == [each.id for each in NETWORKS[network]]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("network", NETWORKS)
def test_no_two_classes_of_a_network_have_one_name(network: str, language: str) -> None:
    assert max(shown(NETWORKS[network], language).values()) == 1


def test_english_has_only_the_names_that_occur_twice() -> None:
    twice = Counter(short_name(each.name).casefold() for each in NETWORKS["imagenet"])
    assert {CLASSES[id].id for id in names_in("en")} == {
        each.id for each in NETWORKS["imagenet"] if twice[short_name(each.name).casefold()] > 1
    }
    for id, name in names_in("en").items():
        assert re.fullmatch(re.escape(short_name(CLASSES[id].name)) + r" \(\w+\)", name)


def test_one_class_has_one_name_in_all_files() -> None:
    assert len(CLASSES) == sum(map(len, NETWORKS.values()))
    for language in ("de", "ja"):
        assert names_in(language).keys() == CLASSES.keys()


@pytest.mark.parametrize("language", LANGUAGES)
def test_names_are_clean(language: str) -> None:
    for name in names_in(language).values():
        assert name == " ".join(name.split())
        assert name
        assert "," not in name
        assert name.count("(") == name.count(")") == name.endswith(")")


def test_german_names_are_german() -> None:
    same = {name for id, name in names_in("de").items() if name.casefold() in published(CLASSES[id])}
    assert same == set(" ".join(THE_SAME.split()).split(", "))
    for name in names_in("de").values():
        assert re.fullmatch(r"[A-ZÄÖÜ][\w éäöüß()-]+", name) or name == "iPod"


def test_japanese_names_are_japanese() -> None:
    letters = "\u3040-\u30ff\u4e00-\u9fff々"
    latin = {
        name
        for name in names_in("ja").values()
        if not re.fullmatch(f"[{letters}]+( \\([{letters}]+\\))?", name)
    }
    assert latin == {"iPod", "CDプレーヤー", "Tシャツ", "T型フォード"}


def test_names_in_each_language() -> None:
    goldfish = "n01443537", "goldfish, Carassius auratus"
    assert [class_name(*goldfish, language) for language in LANGUAGES] == ["goldfish", "Goldfisch", "金魚"]
    assert [other_names(*goldfish, language) for language in LANGUAGES] == [
        "Carassius auratus",
        "goldfish, Carassius auratus",
        "goldfish, Carassius auratus",
    ]
    assert full_name(*goldfish, "en") == "goldfish, Carassius auratus"
    assert full_name(*goldfish, "de") == "Goldfisch"
    gorilla = "n02480855", "gorilla, Gorilla gorilla"
    assert other_names(*gorilla, "de") == "Gorilla gorilla"
    assert class_name("n02121620", "cat", "de") == "Katze"


def test_english_names_that_occur_twice_are_told_apart() -> None:
    names = [full_name(each.id, each.name, "en") for each in NETWORKS["imagenet"]]
    assert (names[134], names[517]) == ("crane (bird)", "crane (machine)")
    assert (names[638], names[639]) == ("maillot (tights)", "maillot (swimsuit), tank suit")
    assert (names[264], names[474]) == ("Cardigan (dog), Cardigan Welsh corgi", "cardigan (jacket)")


@pytest.mark.parametrize("language", [*LANGUAGES, "fr", "", "*"])
def test_classes_of_other_networks_keep_their_published_names(language: str) -> None:
    for id, label in (("0", "dent, scratch"), ("n00000001", "dent, scratch")):
        assert class_name(id, label, language) == "dent"
        assert full_name(id, label, language) == "dent, scratch"
    assert class_name("17", "rust", language) == full_name("17", "rust", language) == "rust"
    assert other_names("17", "rust", language) == ""


def test_names_are_read_only_when_they_are_needed() -> None:
    code = (
        "from vgg_desktop.models import class_names as m; before = m.names_in.cache_info().currsize;"
        "m.class_name('n01443537', 'goldfish', 'de'); print(before, m.names_in.cache_info().currsize)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["0", "1"]
