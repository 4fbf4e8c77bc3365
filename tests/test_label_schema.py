"""Label schemas: the shipped one, and a person's own files."""

import pytest

from engine.errors import UserError
from storage.annotations.label_schema import LabelSchemas
from storage.record import recording

OWN = """
name = "own"
title = "My own"

[[labels]]
name = "fine"
title = "Fine"
key = "1"
"""


def test_the_shipped_schema_has_six_labels_with_keys():
    (schema,) = LabelSchemas().all()
    assert [(label.key, label.title) for label in schema.labels] == [
        ("1", "Correct"),
        ("2", "Wrong"),
        ("3", "Misses the error"),
        ("4", "Vague"),
        ("5", "Hallucinated"),
        ("6", "Changes the subject"),
    ]


def test_a_persons_own_schemas_are_read_beside_the_record_as_they_are_by_then(tmp_path):
    with recording(tmp_path / "record.db") as record:
        assert [schema.name for schema in record.annotations.schemas()] == ["critique"]
        (tmp_path / "schemas").mkdir()
        (tmp_path / "schemas" / "mine.toml").write_text(OWN)
        assert [schema.name for schema in record.annotations.schemas()] == ["critique", "own"]
        assert record.annotations.schema_problems() == ()


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (OWN + OWN[OWN.index("[[") :], "two labels have the name 'fine'"),
        (OWN + '[[labels]]\nname = "b"\ntitle = "B"\nkey = "1"', "two labels have the key '1'"),
        (OWN.replace('key = "1"', 'key = "F1"'), "not right at labels.0.key"),
        (OWN.replace("title", "titel"), "not right at title"),
        (OWN.replace('"own"', '"critique"'), "named critique is known already"),
        ("name = ", "not valid TOML"),
        ('name = "own"\ntitle = "Own"\nlabels = []', "not right at labels"),
    ],
)
def test_a_file_that_is_not_right_is_left_out_with_a_sentence(tmp_path, content, says):
    (tmp_path / "mine.toml").write_text(content)
    schemas = LabelSchemas(tmp_path)
    (problem,) = schemas.problems()
    assert says in problem
    assert str(tmp_path / "mine.toml") in problem
    assert [schema.name for schema in schemas.all()] == ["critique"]
    with pytest.raises(UserError, match="choose one of critique"):
        schemas.schema("own")
