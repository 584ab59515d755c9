"""A folder in the form of OWASP SAMM's model becomes a questionnaire, or sentences about its files."""

import os
from pathlib import Path

import pytest

from assessment.questionnaire.importers.conversion import Unconvertible
from assessment.questionnaire.importers.samm import from_samm
from assessment.questionnaire.importers.samm_files import MOST_FILES
from tests.questionnaire.importers.given import lost, outline, questions, refusals

FILES = {
    "functions/one.yml": "id: f1\nname: Gardening\norder: 1\ndescription: All that grows.\ntype: Function",
    "practices/one.yml": "id: p1\nfunction: f1\nname: Water\nshortName: WA\norder: 1\ntype: Practice",
    "streams/a.yml": "id: s1\npractice: p1\nname: Rain\nletter: A\norder: 1\ntype: Stream",
    "streams/b.yml": "id: s2\npractice: p1\nname: Hoses\nletter: B\norder: 2\ntype: Stream",
    "levels/1.yml": "id: m1\nnumber: 1\ntype: MaturityLevel",
    "levels/2.yml": "id: m2\nnumber: 2\ntype: MaturityLevel",
    "practice_levels/1.yml": "id: l1\npractice: p1\nmaturityLevel: m1\ntype: PracticeLevel",
    "practice_levels/2.yml": "id: l2\npractice: p1\nmaturityLevel: m2\ntype: PracticeLevel",
    "activities/z.yml": (
        "id: a1\nstream: s1\nlevel: l1\ntitle: Catch it\nshortDescription: Rain is caught.\ntype: Activity"
    ),
    "activities/a.yml": "id: a2\nstream: s1\nlevel: l2\nbenefit: Less waste.\ntype: Activity",
    "activities/b.yml": "id: a3\nstream: s2\nlevel: l1\ntype: Activity",
    "answers/few.yml": (
        "id: n1\ntype: AnswerSet\nvalues:\n- {text: No, value: 0}\n- {text: All of it, value: 1}\n"
        "- {text: Some of it, value: 0.5}"
    ),
    "answers/same.yml": (
        "id: n2\ntype: AnswerSet\nvalues:\n- {text: No, value: 0}\n- {text: Some of it, value: 0.5}\n"
        "- {text: All of it, value: 1}"
    ),
    "questions/1.yml": (
        "---\n# a comment\nid: q1\nactivity: a1\nanswerSet: n1\norder: 1\ntext: Do you catch rain?\n"
        "quality:\n- You have a barrel\n- It has a lid\ntype: Question"
    ),
    "questions/2.yml": "id: q2\nactivity: a2\nanswerSet: n2\norder: 1\ntext: Do you use it?\ntype: Question",
    "questions/3.yml": "id: q3\nactivity: a3\nanswerSet: n1\norder: 1\ntext: Is the hose tight?\ntype: Question",
}


def model(folder: Path, **changes: str | None) -> Path:
    """Write the files; a keyword `questions_1` replaces that file, None leaves it out."""
    changed = {name.replace("__", "/") + ".yml": text for name, text in changes.items()}
    for name, text in (FILES | changed).items():
        if text is not None:
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
    return folder


def refused(folder: Path) -> list[str]:
    with pytest.raises(Unconvertible) as caught:
        from_samm(folder)
    return refusals(caught)


def test_functions_practices_and_streams_are_the_tree(tmp_path: Path) -> None:
    made = from_samm(model(tmp_path))
    tree = [["G", ["G-WA", ["G-WA-A", "G-WA-A-1", "G-WA-A-2"], ["G-WA-B", "G-WA-B-1"]]]]
    assert outline(made.document["dimensions"]) == tree
    assert made.document["scoring"] == {"rule": "sum-of-levels", "minimum-answered": 0.5}
    assert made.document["dimensions"][0]["help"] == "All that grows."


def test_sets_with_the_same_answers_share_a_scale_in_the_order_of_values(tmp_path: Path) -> None:
    made = from_samm(model(tmp_path))
    levels = [{"value": 0, "label": "No"}, {"value": 0.5, "label": "Some of it"}, {"value": 1, "label": "All of it"}]
    assert made.document["scales"] == {"few": {"levels": levels}}
    assert {question["scale"] for question in questions(made).values()} == {"few"}


def test_criteria_and_description_are_help(tmp_path: Path) -> None:
    assert questions(from_samm(model(tmp_path)))["G-WA-A-1"] == {
        "type": "rating",
        "scale": "few",
        "text": "Do you catch rain?",
        "help": "Rain is caught.\n\n- You have a barrel\n- It has a lid",
        "note": "Catch it",
    }


@pytest.mark.parametrize(("name", "version"), [("samm-2.1.0", "2.1.0"), ("model", "1"), ("v15.3-final", "15.3")])
def test_the_version_is_that_of_the_folder_s_name(tmp_path: Path, name: str, version: str) -> None:
    made = from_samm(model(tmp_path / "here" / name))
    assert made.document["version"] == version


def test_what_has_no_place_is_told_once_for_each_kind(tmp_path: Path) -> None:
    folder = model(tmp_path, other__x="type: Poem\nid: x", other__y="id: y")
    assert lost(from_samm(folder)) == [
        "f: other/x.yml, line 1: the type `Poem` is not read",
        "f: other/y.yml, line 1: has no `type`, so it is not read",
        "f: files of type Activity: no place for `benefit` (1)",
    ]


def test_every_key_that_is_not_read_is_told_with_its_kind(tmp_path: Path) -> None:
    folder = model(
        tmp_path,
        questions__3=FILES["questions/3.yml"] + "\nweight: 0\nguidance: Look\nremediation:",
        answers__few=FILES["answers/few.yml"].replace("value: 1}", "value: 1, colour: red}"),
        answers__odd="id: n3\ntype: AnswerSet\nvalues: 5",
    )
    assert lost(from_samm(folder)) == [
        "f: files of type Activity: no place for `benefit` (1)",
        "f: files of type Question: no place for `weight` (1)",
        "f: files of type Question: no place for `guidance` (1)",
        "f: files of type AnswerSet: no place for `colour` of an answer (1)",
        "f: files of type AnswerSet: no question uses odd",
    ]


def test_a_long_description_is_cut_and_told(tmp_path: Path) -> None:
    folder = model(tmp_path, streams__a=FILES["streams/a.yml"] + "\ndescription: " + "x" * 5000)
    made = from_samm(folder)
    (stream, _) = made.document["dimensions"][0]["dimensions"][0]["dimensions"]
    assert len(stream["help"]) == 4000
    assert lost(made)[0] == "f: streams/a.yml: a text is longer than 4000 characters; its end is cut off"


def test_an_activity_without_a_question_is_told(tmp_path: Path) -> None:
    made = from_samm(model(tmp_path, questions__2=None))
    assert list(questions(made)) == ["G-WA-A-1", "G-WA-B-1"]
    assert lost(made)[0] == "f: activities/a.yml: no question belongs to this activity, so it is left out"


def test_endings_in_capitals_are_read_and_other_endings_are_told(tmp_path: Path) -> None:
    folder = model(tmp_path)
    (folder / "questions" / "1.yml").rename(folder / "questions" / "1.YML")
    for name in ("README.md", "questions/4.yml.bak", ".hidden"):
        (folder / name).touch()
    made = from_samm(folder)
    assert list(questions(made)) == ["G-WA-A-1", "G-WA-A-2", "G-WA-B-1"]
    assert lost(made)[0] == "f: README.md: is no YAML file by its ending, so it is not read; 1 more are not"


def test_a_stream_that_asks_nothing_is_left_out(tmp_path: Path) -> None:
    folder = model(tmp_path, questions__3=None)
    made = from_samm(folder)
    assert outline(made.document["dimensions"]) == [["G", ["G-WA", ["G-WA-A", "G-WA-A-1", "G-WA-A-2"]]]]
    assert "f: dimension G-WA-B: holds no question, so it is left out" in lost(made)


BROKEN: dict[str, tuple[dict[str, str | None], str]] = {
    "a reference to nothing": (
        {"questions__2": "id: q2\nactivity: a2\nanswerSet: gone\ntext: Why?\ntype: Question"},
        "questions/2.yml, line 3: there is no AnswerSet with the id `gone`",
    ),
    "a reference that is missing": (
        {"streams__b": "id: s2\nname: Hoses\nletter: B\ntype: Stream"},
        "streams/b.yml, line 1: `practice` is missing; it names the Practice this belongs to",
    ),
    "an id twice": (
        {"streams__c": "name: Again\nid: s2\npractice: p1\nletter: C\ntype: Stream"},
        "streams/c.yml, line 2: the id `s2` is also that of streams/b.yml",
    ),
    "no id": (
        {"levels__1": "number: 1\ntype: MaturityLevel"},
        "levels/1.yml, line 1: `id` is missing; other files refer to it",
    ),
    "no text": (
        {"questions__3": "id: q3\nactivity: a3\nanswerSet: n1\ntype: Question\ntext:"},
        "questions/3.yml, line 5: `text` is missing; a text is needed",
    ),
    "a text that is a list": (
        {"questions__3": "id: q3\nactivity: a3\nanswerSet: n1\ntype: Question\ntext: [a]"},
        "questions/3.yml, line 5: `text` should be a text",
    ),
    "criteria that are no list": (
        {"questions__3": "id: q3\nactivity: a3\nanswerSet: n1\ntype: Question\ntext: Why?\nquality: good"},
        "questions/3.yml, line 6: `quality` should be a list of texts",
    ),
    "a level without a number": (
        {"levels__2": "id: m2\nnumber: two\ntype: MaturityLevel"},
        "levels/2.yml, line 2: `number` should be a number",
    ),
    "an answer without a value": (
        {"answers__few": "id: n1\ntype: AnswerSet\nvalues:\n- {text: No, value: 0}\n- {text: Yes}"},
        "answers/few.yml, line 5: an answer should have a `text` and a number as its `value`",
    ),
    "two answers with a value": (
        {"answers__few": "id: n1\ntype: AnswerSet\nvalues:\n- {text: No, value: 0}\n- {text: Yes, value: 0}"},
        "answers/few.yml, line 5: two answers have the value 0",
    ),
    "one answer": (
        {"answers__few": "id: n1\ntype: AnswerSet\nvalues:\n- {text: No, value: 0}"},
        "answers/few.yml, line 4: `values` should list 2 to 11 answers",
    ),
    "a level of another practice": (
        {
            "practices__two": "id: p2\nfunction: f1\nname: Soil\nshortName: SO\ntype: Practice",
            "practice_levels__2": "id: l2\npractice: p2\nmaturityLevel: m2\ntype: PracticeLevel",
        },
        "activities/a.yml, line 3: the stream and the level belong to different practices",
    ),
    "a label that is a list": (
        {"answers__few": "id: n1\ntype: AnswerSet\nvalues:\n- {text: No, value: 0}\n- value: 1\n  text: [a]"},
        "answers/few.yml, line 6: `text` of an answer should be a text",
    ),
    "a very long label": (
        {"answers__few": "id: n1\ntype: AnswerSet\nvalues:\n- {text: No, value: 0}\n- value: 1\n  text: " + "x" * 4001},
        "answers/few.yml, line 6: `text` of an answer has more than 4000 characters",
    ),
    "a huge value": (
        {"answers__few": "id: n1\ntype: AnswerSet\nvalues:\n- {text: No, value: 0}\n- text: Yes\n  value: 1e300"},
        "answers/few.yml, line 6: `value` should be no larger than 1,000,000",
    ),
    "two levels with a number": (
        {"levels__2": "id: m2\nnumber: 1\ntype: MaturityLevel"},
        "levels/2.yml, line 2: the number 1 is also that of levels/1.yml",
    ),
    "an empty file": ({"streams__b": ""}, "streams/b.yml, line 1: the file is empty"),
    "a list": ({"streams__b": "- a"}, "streams/b.yml, line 1: should be a map of keys to values"),
    "no YAML": ({"streams__b": "a: [b"}, "streams/b.yml, line 1: this is not YAML: did not find expected"),
    "a huge file": (
        {"streams__b": "a: " + "x" * 300_000},
        "streams/b.yml, line 1: the file is larger than 256 KiB, the most that is read",
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_broken_is_told_with_file_and_line(tmp_path: Path, name: str) -> None:
    changes, sentence = BROKEN[name]
    assert any(line.startswith(f"f: {sentence}") for line in refused(model(tmp_path, **changes)))


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    folder = model(tmp_path / "model")
    (folder / "streams" / "c.yml").symlink_to(folder / "streams" / "a.yml")
    (folder / "more").symlink_to(tmp_path)
    assert refused(folder) == [
        "f: more: is a link to a folder; it is not followed",
        "f: streams/c.yml: is no file of its own but a link or a device; it is not followed",
    ]


def test_a_link_that_leads_nowhere_is_told(tmp_path: Path) -> None:
    folder = model(tmp_path)
    (folder / "more").symlink_to(tmp_path / "gone")
    assert refused(folder) == ["f: more: is a link that leads nowhere"]


def test_a_fault_that_is_met_often_is_told_once(tmp_path: Path) -> None:
    assert refused(model(tmp_path, levels__1="id: m1\nnumber: one\ntype: MaturityLevel")) == [
        "f: levels/1.yml, line 2: `number` should be a number"
    ]


def test_a_folder_with_very_many_bytes_is_refused(tmp_path: Path) -> None:
    words = "type: Other\nv: " + "x" * 250_000
    folder = model(tmp_path, **{f"x__{number:02}": words for number in range(40)})
    assert refused(folder) == [
        (
            "f: x/12.yml: the files up to here have more than 3 MiB together, the most that is read; "
            "give the folder of the model alone"
        )
    ]


def test_a_folder_with_very_many_values_is_refused(tmp_path: Path) -> None:
    words = "type: Other\nv:" + "\n- a" * 15_000
    (sentence,) = refused(model(tmp_path, **{f"x__{number:02}": words for number in range(9)}))
    assert sentence.startswith("f: x/06.yml: the files up to here hold more than 100,000 values together")


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    folder = model(tmp_path)
    os.mkfifo(folder / "streams" / "c.yml")
    assert refused(folder) == [
        "f: streams/c.yml: is no file of its own but a link or a device; it is not followed",
    ]


def test_a_folder_with_very_many_files_is_refused(tmp_path: Path) -> None:
    for number in range(MOST_FILES + 1):
        (tmp_path / f"{number}.txt").touch()
    (sentence,) = refused(tmp_path)
    assert "holds more than 2,000 files, the most that are read" in sentence


def test_a_folder_without_a_question_is_refused(tmp_path: Path) -> None:
    assert refused(tmp_path) == [
        "f: the folder: holds no question of an OWASP SAMM model (a file with `type: Question`)"
    ]


def test_of_very_many_faults_the_first_are_listed(tmp_path: Path) -> None:
    many = {f"broken__{number:03}": "" for number in range(70)}
    found = refused(model(tmp_path, **many))
    assert len(found) == 51
    assert found[-1] == "f: the folder: 20 more faults are not listed"
