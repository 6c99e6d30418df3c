"""Files of class names in the forms that people have."""

import json
import random
import unicodedata
from pathlib import Path

import pytest

from tests.support.platforms import WINE
from vgg_desktop import paths
from vgg_desktop.errors import CatalogInvalid
from vgg_desktop.models import label_files
from vgg_desktop.models.labels import Label, labels_in, read_labels, write_labels
from vgg_desktop.why import Why

RGB = ["red", "green", "blue"]
IDS = ["n01440764", "n01443537", "n01484850"]
NUMBERED = [f"{number} c{number}" for number in range(1, 12)]


def read(folder: Path, content: str | bytes, name: str = "labels.txt") -> tuple[Label, ...]:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_labels(path)


# Each of them names red, green and blue, in this order.
FORMS = {
    "plain": "red\ngreen\nblue\n",
    "without the last line end": "red\ngreen\nblue",
    "spaces around": " red \ngreen\t\n  blue",
    "blank lines between": "\nred\n\n \ngreen\nblue\n\n",
    "carriage returns": "red\r\ngreen\r\nblue\r\n",
    "carriage returns alone": "red\rgreen\rblue\r",
    "byte order mark": "\ufeffred\ngreen\nblue",
    "comments first": "# my labels\n#of colours\nred\ngreen\nblue",
    "comments with slashes": "// my labels\nred\ngreen\nblue",
    "index and space": "0 red\n1 green\n2 blue",
    "index and spaces": "0   red\n1   green\n2   blue",
    "index and colon": "0: red\n1: green\n2: blue",
    "index and colon alone": "0:red\n1:green\n2:blue",
    "index and equals sign": "0 = red\n1=green\n2 = blue",
    "index and tab": "0\tred\n1\tgreen\n2\tblue",
    "index and comma": "0,red\n1,green\n2,blue",
    "index and comma and space": "0, red\n1, green\n2, blue",
    "index and semicolon": "0;red\n1;green\n2;blue",
    "index and dot": "0. red\n1. green\n2. blue",
    "index and bracket": "0) red\n1) green\n2) blue",
    "index and dash": "0 - red\n1 - green\n2 - blue",
    "index and arrow": "0 -> red\n1 -> green\n2 -> blue",
    "index and vertical line": "0|red\n1|green\n2|blue",
    "index with noughts": "000 red\n001 green\n002 blue",
    "index in quotes": '"0": "red",\n"1": "green",\n"2": "blue",',
    "index after comments": "# colours\n0 red\n1 green\n2 blue",
    "from one on": "1 red\n2 green\n3 blue",
    "from one on with tabs": "1\tred\n2\tgreen\n3\tblue",
    "another order": "2: blue\n0: red\n1: green",
    "another order with spaces": "2 blue\n0 red\n1 green",
    "name and index": "blue: 2\ngreen: 1\nred: 0",
    "name and index and equals sign": "blue = 2\ngreen = 1\nred = 0",
    "name and index and space": "blue 2\ngreen 1\nred 0",
    "name and index and comma": "blue,2\ngreen,1\nred,0",
    "name and index and tab": "blue\t2\ngreen\t1\nred\t0",
    "name and index from one on": "blue: 3\ngreen: 2\nred: 1",
    "header in spaces": "label\n0 red\n1 green\n2 blue",
    "header of one column": "label\nred\ngreen\nblue",
    "CSV with header": "index,label\n0,red\n1,green\n2,blue",
    "CSV in another order": "class_name,class_id\nblue,2\nred,0\ngreen,1",
    "CSV with a byte order mark": "\ufeffid;name\r\n1;green\r\n0;red\r\n2;blue\r\n",
    "CSV of pandas": ",label\n0,red\n1,green\n2,blue",
    "CSV of pandas with floats": ",label\n0.0,red\n1.0,green\n2.0,blue",
    "CSV with more columns": "id,name,colour\n0,red,#f00\n1,green,#0f0\n2,blue,#00f",
    "CSV with a label column of numbers": "class,name\n0,red\n1,green\n2,blue",
    "CSV with two equal indices": "index,id,label\n0,0,red\n1,1,green\n2,2,blue",
    "CSV with a header and no index": "label,colour\nred,#f00\ngreen,#0f0\nblue,#00f",
    "CSV in quotes": '"index","label"\n"0","red"\n"1","green"\n"2","blue"',
    "TSV with header": "Index\tClass Name\n0\tred\n1\tgreen\n2\tblue",
    "quotes": '"red"\n"green"\n"blue"',
    "quotes with commas": "'red',\n'green',\n'blue',",
    "JSON list": '["red", "green", "blue"]',
    "JSON list in lines": '[\n"red",\n"green",\n"blue"\n]\n',
    "JSON by index": '{"0": "red", "1": "green", "2": "blue"}',
    "JSON by index in another order": '{"10": "x", "0": "red"}'.replace(
        '"10": "x"', '"2": "blue", "1": "green"'
    ),
    "JSON by index from one on": '{"1": "red", "2": "green", "3": "blue"}',
    "JSON by name": '{"blue": 2, "green": 1, "red": 0}',
    "JSON by name with texts": '{"blue": "2", "green": "1", "red": "0"}',
    "JSON id2label": '{"id2label": {"0": "red", "1": "green", "2": "blue"}}',
    "JSON label2id": '{"label2id": {"blue": 2, "green": 1, "red": 0}}',
    "Hugging Face": json.dumps(
        {
            "architectures": ["ViTForImageClassification"],
            "hidden_size": 768,
            "id2label": {"0": "red", "1": "green", "2": "blue"},
            "label2id": {"blue": 2, "green": 1, "red": 0},
            "model_type": "vit",
        }
    ),
    "timm": json.dumps(
        {"architecture": "resnet18", "num_classes": 3, "label_names": RGB, "pretrained_cfg": {"a": 1}}
    ),
    "Teachable Machine": json.dumps({"tfjsVersion": "1.3.1", "labels": RGB, "imageSize": 224}),
    "Lobe": json.dumps({"doc_id": "x", "classes": {"Label": RGB}, "inputs": {}, "filename": "model.onnx"}),
    "JSON class_indices": '{"class_indices": {"blue": 2, "green": 1, "red": 0}}',
    "JSON objects": '[{"id": 1, "name": "green"}, {"id": 0, "name": "red"}, {"id": 2, "name": "blue"}]',
    "JSON objects by index": '{"0": {"name": "red"}, "1": {"name": "green"}, "2": {"name": "blue"}}',
    "JSON objects without index": '[{"label": "red"}, {"label": "green"}, {"label": "blue"}]',
    "COCO": json.dumps(
        {
            "images": [],
            "categories": [
                {"id": n + 1, "name": name, "supercategory": "colour"} for n, name in enumerate(RGB)
            ],
        }
    ),
    "JSON pairs": '[[2, "blue"], [0, "red"], [1, "green"]]',
    "JSON list in a list": '[["red", "green", "blue"]]',
    "JSON by index with lists": '{"0": ["red"], "1": ["green"], "2": ["blue"]}',
    "JSON lines": '{"id": 0, "name": "red"}\n{"id": 1, "name": "green"}\n{"id": 2, "name": "blue"}\n',
    "Python dict": "{0: 'red',\n 1: 'green',\n 2: 'blue'}",
    "Python dict in another order": "{2: 'blue', 0: 'red', 1: 'green'}",
    "Python dict by name": "{'blue': 2, 'green': 1, 'red': 0}",
    "Python list": "['red', 'green', 'blue',]",
    "Python list of tuples": "[(0, 'red'), (1, 'green'), (2, 'blue')]",
    "Python with a name": "CLASSES = ['red', 'green', 'blue']",
    "Python with a comment": "{0: 'red',  # warm\n 1: 'green', 2: 'blue'}",
    "TOML list": 'names = ["red", "green", "blue"]',
    "Python after a comment": "# colours\nCLASSES = [\n    'red',\n    'green',\n    'blue',\n]",
    "JavaScript": "export const CLASSES = {\n  0: 'red',\n  1: 'green',\n  2: 'blue'\n};\n",
    "JavaScript module": "module.exports = ['red', 'green', 'blue'];",
    "commas at the ends": "red,\ngreen,\nblue",
    "index and commas at the ends": "0: red,\n1: green,\n2: blue,",
    "quoted names and indices": '"blue": 2,\n"green": 1,\n"red": 0',
    "commas in one line": "red,green,blue",
    "semicolons in one line": "red; green; blue\n",
    "CSV with a space": '"index", "label"\n"0", "red"\n"1", "green"\n"2", "blue"',
    "CSV with a header in German": "Nummer;Bezeichnung\n0;red\n1;green\n2;blue",
    "CSV with a header in Japanese": "名前,番号\nblue,2\nred,0\ngreen,1",
    "TSV with single quotes": "0\t'red'\n1\t'green'\n2\t'blue'",
    "Custom Vision tags": '[{"tagName": "red"}, {"tagName": "green"}, {"tagName": "blue"}]',
    "YAML list": "path: ../data\nnc: 3\nnames: ['red', 'green', 'blue']\n",
    "YAML list without quotes": "nc: 3\nnames: [red, green, blue]  # colours\n",
    "YAML list in lines": "names: [red,\n  green,\n  blue]\nnc: 3\n",
    "YAML items": "names:\n- red\n- 'green'\n- blue\nnc: 3\n",
    "YAML by index": "# data\npath: ../data\nnames:\n  0: red\n  1: green # as grass\n  2: blue\n\ndownload: |\n  x\n",
    "YAML by index in another order": "names:\n  2: blue\n  0: red\n  1: green\n",
    "YAML dict in a line": "names: {0: red, 1: green, 2: blue}\n",
    "YAML of PaddleClas": "PostProcess:\n  Topk:\n    topk: 5\n    label_list:\n    - red\n    - green\n    - blue\n",
    "YAML items alone": "- red\n- green\n- blue\n",
}


@pytest.mark.parametrize("content", FORMS.values(), ids=FORMS)
def test_every_form_gives_the_names_in_the_networks_order(content: str, tmp_path: Path) -> None:
    assert read(tmp_path, content) == tuple(Label(n, str(n), name) for n, name in enumerate(RGB))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_encodings(encoding: str, tmp_path: Path) -> None:
    names = ["röt", "grün", "Straße", "tren’s", "blau"]
    assert [each.name for each in read(tmp_path, "\r\n".join(names).encode(encoding))] == names


@pytest.mark.parametrize(
    ("content", "names"),
    [
        ("1\n2\n5\n", ["1", "2", "5"]),
        ("0\n1\n2\n", ["0", "1", "2"]),
        ("10\n9\n", ["10", "9"]),
        ("[1, 2, 5]", ["1", "2", "5"]),
        ("0,1\n1,2\n2,5\n", ["1", "2", "5"]),
        ("0\t1\n1\t2\n2\t5\n", ["1", "2", "5"]),
        ("0: 1\n1: 2\n2: 5\n", ["1", "2", "5"]),
        ("label\n1\n2\n5\n", ["1", "2", "5"]),
        ("index,label\n0,1\n1,2\n2,5\n", ["1", "2", "5"]),
        ('{"0": "1", "1": "2", "2": "5"}', ["1", "2", "5"]),
        ('{"1": 0, "2": 1, "5": 2}', ["1", "2", "5"]),
        ("{0: 1, 1: 2, 2: 5}", ["1", "2", "5"]),
    ],
)
def test_numbers_may_be_names(content: str, names: list[str], tmp_path: Path) -> None:
    assert [each.name for each in read(tmp_path, content)] == names


@pytest.mark.parametrize(
    "names",
    [
        ["class 1", "class 2", "class 3"],
        ["Boeing 707", "Boeing 737", "Airbus 320"],
        ["3d printer", "ball", "7up"],
        ["red", "red", "blue"],
        ["tench, Tinca tinca", "goldfish, Carassius auratus", "shark, white shark, great white shark"],
        ["it's", "O'Neill", "rock 'n' roll"],
        ['15" screen', '17" screen'],
        ["a: b", "c: d"],
        ["001.Black_footed_Albatross", "002.Laysan_Albatross"],
        ["C#", "F#", "C++"],
        ["#cat", "#dog", "#cow"],
        ["-", "+", "?"],
        ["(none)", "cat"],
        ["True", "False"],
        ["fish & chips", "50 % off"],
        ["猫", "犬", "ラーメン"],
    ],
)
def test_odd_names_stay_as_they_are(names: list[str], tmp_path: Path) -> None:
    assert [each.name for each in read(tmp_path, "\n".join(names))] == names
    assert [each.name for each in read(tmp_path, json.dumps(names))] == names
    indexed = "\n".join(f"{index}\t{name}" for index, name in enumerate(names))
    assert [each.name for each in read(tmp_path, indexed)] == names


def test_escapes_of_web_pages_are_resolved(tmp_path: Path) -> None:
    names = [
        each.name
        for each in read(tmp_path, "High(&gt;10)\nLow(&lt;3)\nfish &amp; chips\nfish &chips;\n&amp;gt;")
    ]
    assert names == ["High(>10)", "Low(<3)", "fish & chips", "fish &chips;", "&gt;"]


@pytest.mark.parametrize(
    "content",
    [
        "n01440764 tench\nn01443537 goldfish\nn01484850 shark",
        "n01440764\ttench\nn01443537\tgoldfish\nn01484850\tshark",
        "n01440764,tench\nn01443537,goldfish\nn01484850,shark",
        "n01440764: tench\nn01443537: goldfish\nn01484850: shark",
        "0 n01440764 tench\n1 n01443537 goldfish\n2 n01484850 shark",
        "0,n01440764,tench\n1,n01443537,goldfish\n2,n01484850,shark",
        "1\tn01440764\ttench\n2\tn01443537\tgoldfish\n3\tn01484850\tshark",
        "wnid,name\nn01440764,tench\nn01443537,goldfish\nn01484850,shark",
        "name;index;wnid\nshark;2;n01484850\ntench;0;n01440764\ngoldfish;1;n01443537",
        '{"0": ["n01440764", "tench"], "1": ["n01443537", "goldfish"], "2": ["n01484850", "shark"]}',
        "n01443537 2 goldfish\nn01440764 1 tench\nn01484850 3 shark",
        '{"n01440764": "tench", "n01443537": "goldfish", "n01484850": "shark"}',
        '[["n01440764", "tench"], ["n01443537", "goldfish"], ["n01484850", "shark"]]',
        json.dumps(
            {
                "label_names": IDS,
                "label_descriptions": dict(zip(IDS, ["tench", "goldfish", "shark"], strict=True)),
            }
        ),
    ],
)
def test_wordnet_ids_become_ids(content: str, tmp_path: Path) -> None:
    labels = read(tmp_path, content)
    assert [each.name for each in labels] == ["tench", "goldfish", "shark"]
    has_ids = "label_names" not in content
    assert [each.id for each in labels] == (IDS if has_ids else ["0", "1", "2"])


@pytest.mark.parametrize(
    "content",
    [
        "\n".join(IDS),
        json.dumps(IDS),
        "label\n" + "\n".join(IDS),
        json.dumps({id: n for n, id in enumerate(IDS)}),
    ],
)
def test_wordnet_ids_alone_get_imagenets_names(content: str, tmp_path: Path) -> None:
    labels = read(tmp_path, content)
    assert labels == read_labels(paths.resource("labels/imagenet.tsv"))[:3]


def test_synonyms_after_an_index(tmp_path: Path) -> None:
    content = "0,tench, Tinca tinca\n1,goldfish, Carassius auratus\n2,shark"
    assert [each.name for each in read(tmp_path, content)][:2] == [
        "tench, Tinca tinca",
        "goldfish, Carassius auratus",
    ]
    content = '0,"tench,Tinca tinca"\n1,"goldfish, ""gold"""\n'
    assert [each.name for each in read(tmp_path, content)] == ["tench,Tinca tinca", 'goldfish, "gold"']
    content = '{"0": ["tench", "Tinca tinca"], "1": ["goldfish"]}'
    assert [each.name for each in read(tmp_path, content)] == ["tench, Tinca tinca", "goldfish"]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("", Why.LABELS_TOO_FEW),
        ("red", Why.LABELS_TOO_FEW),
        ('["red"]', Why.LABELS_TOO_FEW),
        ("0 red\n0 green\n1 blue", Why.LABELS_INDEX_TWICE),
        ("0,red\n1,green\n3,blue", Why.LABELS_INDEX_GAP),
        ("5 red\n6 green\n7 blue", Why.LABELS_INDEX_START),
        ("-1: none\n0: red\n1: green", Why.LABELS_INDEX_START),
        ('{"0": "red", "2": "blue"}', Why.LABELS_INDEX_GAP),
        ('{"red": 3, "blue": 4}', Why.LABELS_INDEX_START),
        ('{"red": 0, "blue": 0}', Why.LABELS_INDEX_TWICE),
        ('{"0": "red", "0": "blue"}', Why.LABELS_KEY_TWICE),
        ("{0: 'red', 0: 'blue'}", Why.LABELS_KEY_TWICE),
        ("names:\n  0: red\n  5: blue\n", Why.LABELS_INDEX_GAP),
        ("0 red\n1 green\nblue", Why.LABELS_INDEX_MISSING),
        ("1 euro\n2 euro\n3 euro", Why.LABELS_NUMBERS),
        ("2 euro\n1 euro\n0 euro", Why.LABELS_NUMBERS),
        ("\n".join(sorted(NUMBERED)), Why.LABELS_NUMBERS),
        ('["red", "", "blue"]', Why.LABELS_EMPTY_NAME),
        ("0: red\n1:\n2: blue", Why.LABELS_EMPTY_NAME),
        ("0\ta\tred\n1\tb\t\n", Why.LABELS_EMPTY_NAME),
        ("index,label\n0,red\n1\n2,blue", Why.LABELS_RAGGED),
        ("index\tlabel\n0\tred\n1\tgreen\tx\n2\tblue", Why.LABELS_RAGGED),
        ("0,red,#f00\n1,green,#0f0\n2,blue,#00f", Why.LABELS_COLUMNS),
        ("red\twarm\nblue\tcold", Why.LABELS_COLUMNS),
        ("red;warm\nblue;cold", Why.LABELS_COLUMNS),
        ("index,id,label\n0,1,red\n1,0,green\n", Why.LABELS_COLUMNS),
        ('{"a": {"b": 1}, "c": 5}', Why.LABELS_NO_NAMES),
        ('{"model_type": "vit", "hidden_size": 768}', Why.LABELS_NO_NAMES),
        ("{}", Why.LABELS_NO_NAMES),
        ("[]", Why.LABELS_NO_NAMES),
        ("[null, true]", Why.LABELS_NO_NAMES),
        ('{"red": "rot", "blue": "blau"}', Why.LABELS_NO_NAMES),
        ('["red", "green"', Why.LABELS_STRUCTURE),
        ("{0: 'red', 1: green()}", Why.LABELS_STRUCTURE),
        ("{[]: 'red', 1: 'green'}", Why.LABELS_STRUCTURE),
        ("names:\n  <<: *base\n", Why.LABELS_YAML),
        ("[" * 100_000, Why.TABLE_NESTED),
        ("[" * 300 + "'a'" + "]" * 300, None),
        ("{0: " + "-" * 100_000 + "1}", None),
        ("{0: " + "1+" * 100_000 + "1}", None),
        ("{0: " + "(" * 100_000 + "}", None),
        ("{0: " + "a." * 100_000 + "b}", None),
        ("{0: '\\d', 2: 'x'}", Why.LABELS_INDEX_GAP),
        ("item {\n  id: 1\n  name: 'cat'\n}\n", Why.LABELS_LINE),
        ("<html><body>404</body></html>", Why.LABELS_OTHER),
        ("<?xml version='1.0'?>\n<a/>", Why.LABELS_OTHER),
        (b"%PDF-1.5\n", Why.LABELS_OTHER),
        (b"PK\x03\x04abc", Why.LABELS_OTHER),
        (b"\x08\x07\x12\x00\x00red\x00\x01\x02\xff" * 9, Why.LABELS_NOT_TEXT),
        ("кот\nсобака".encode("cp1251"), Why.TABLE_NOT_UTF8),
        ("ラーメン\n寿司".encode("shift-jis"), Why.TABLE_NOT_UTF8),
        ("红色\n绿色".encode("gbk"), Why.TABLE_NOT_UTF8),
        (b"red\n\x81\x8d\n", Why.TABLE_NOT_UTF8),
    ],
)
def test_what_cannot_be_understood_is_refused(content: str | bytes, why: Why | None, tmp_path: Path) -> None:
    with pytest.raises(CatalogInvalid) as caught:
        read(tmp_path, content)
    assert why is None or caught.value.reason.why is why
    assert str(caught.value)


def test_extensions_decide_where_the_content_does_not(tmp_path: Path) -> None:
    content = "tench,Tinca tinca\ngoldfish,Carassius auratus\n"
    assert read(tmp_path, content)[0].name == "tench,Tinca tinca"
    with pytest.raises(CatalogInvalid, match="not clear which one has the names"):
        read(tmp_path, content, "labels.csv")
    with pytest.raises(CatalogInvalid, match="under `names:`"):
        read(tmp_path, "path: data\ntrain: images\n", "data.yaml")
    assert read(tmp_path, "0: red\n1: blue\n", "data.yml")[1].name == "blue"


def test_limits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(CatalogInvalid, match="more than 1000000 classes"):
        read(tmp_path, "\n".join("ab" for _ in range(1_000_001)))
    monkeypatch.setattr(label_files, "LARGEST", 1000)
    with pytest.raises(CatalogInvalid, match="the limit is"):
        read(tmp_path, "red\n" * 300)
    monkeypatch.setattr(label_files, "_LONGEST_LITERAL", 100)
    with pytest.raises(CatalogInvalid, match="the limit is"):
        read(tmp_path, "['red', " + "'blue', " * 20 + "]")


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    path = tmp_path / "labels.tsv"
    odd = ["1", "0 red", "2: b", '"x"', "a, b", "a  b", "{", "#c", "\u3042", "label", "red", "red"]
    labels = tuple(Label(n, IDS[n] if n < 3 else str(n), name) for n, name in enumerate(odd))
    write_labels(path, labels)
    assert read_labels(path) == labels
    write_labels(path, [Label(0, "0", "a\tb\r\nc\x85d"), Label(1, "1", "x\u2028y")])
    assert [each.name for each in read_labels(path)] == ["a b c d", "x y"]
    for bundled in ("imagenet", "cifar10"):
        labels = read_labels(paths.resource(f"labels/{bundled}.tsv"))
        write_labels(path, labels)
        assert path.read_bytes() == paths.resource(f"labels/{bundled}.tsv").read_bytes()
        assert read_labels(path) == labels


@pytest.mark.parametrize(
    ("metadata", "names"),
    [
        ({"names": "{0: 'red', 1: 'green', 2: 'blue'}", "task": "classify", "imgsz": "[224, 224]"}, RGB),
        ({"names": "['red', 'green', 'blue']"}, RGB),
        ({"labels": "red,green,blue"}, RGB),
        ({"Labels": "red, green, blue"}, RGB),
        ({"classes": '["red", "green", "blue"]'}, RGB),
        ({"class_names": "red\ngreen\nblue\n"}, RGB),
        ({"id2label": '{"0": "red", "1": "green", "2": "blue"}'}, RGB),
        ({"class_names": "red", "labels": "red,green,blue", "names": ""}, RGB),
        ({"classes": "1000"}, None),
        ({"names": "{0: open('x')}"}, None),
        ({"names": "{0: 'red'"}, None),
        ({"author": "red,green"}, None),
        ({}, None),
    ],
)
def test_names_in_the_metadata_of_a_network(metadata: dict[str, str], names: list[str] | None) -> None:
    labels = labels_in(metadata)
    assert (None if labels is None else [each.name for each in labels]) == names


def _controls(name: str) -> list[str]:
    return [each for each in name if unicodedata.category(each) in ("Cc", "Cn", "Co", "Cs")]


def test_nothing_but_a_refusal_comes_of_changed_files(tmp_path: Path) -> None:
    """Files changed at random are read or refused, without control characters in the names."""
    chance, refused = random.Random(5), 0
    turns = 10 if WINE else 40  # where opening a file takes a tenth of a second
    for content in FORMS.values():
        for _ in range(turns):
            data = bytearray(content.encode())
            for _ in range(chance.randint(1, 4)):
                at = chance.randrange(len(data))
                data[at : at + chance.randint(0, 3)] = bytes(
                    chance.choice(b"\0\t\n,:'\"{}[]0 1n\xff\xe4") for _ in range(chance.randint(0, 2))
                )
            try:
                labels = read(tmp_path, bytes(data))
            except CatalogInvalid:
                refused += 1
            else:
                assert all(each.name.strip() and not _controls(each.name) for each in labels)
                assert [each.index for each in labels] == list(range(len(labels)))
    assert 0 < refused < 0.75 * turns * len(FORMS)
