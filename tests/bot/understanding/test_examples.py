from __future__ import annotations

from pathlib import Path

import pytest
from understanding.examples import Example, read_examples
from understanding.taxonomy import load_taxonomy

BLOCK = """version: "3.1"
nlu:
- intent: answer
  metadata: {language: en}
  examples:
  - text: 'i feel [sad]{"entity": "feeling", "value": "sad"} at lunch'
    metadata: {codes: [school.unstructured]}
- intent: skip
  metadata: {language: en, refusal: true}
  examples: |
    - rather not
"""


@pytest.fixture
def read(tmp_path: Path) -> list[Example]:
    (tmp_path / "some.yml").write_text(BLOCK, encoding="utf-8")
    return read_examples(tmp_path)


def test_codes_come_from_the_words_and_from_the_whole_message(read: list[Example]) -> None:
    assert read[0].codes == {"sad", "school.unstructured"}


def test_marked_words_keep_their_place_in_the_plain_text(read: list[Example]) -> None:
    marked = read[0].marked[0]
    assert read[0].text[marked.start : marked.end] == "sad"


def test_a_refusal_is_known_from_its_block(read: list[Example]) -> None:
    assert (read[1].intent, read[1].refusal) == ("skip", True)


def test_every_code_of_the_training_data_is_in_the_taxonomy(examples: list[Example]) -> None:
    taxonomy = load_taxonomy()
    assert not [code for example in examples for code in example.codes if not taxonomy.knows(code)]


def test_every_intent_is_an_answer_or_a_control(examples: list[Example]) -> None:
    assert {example.intent for example in examples} == {"answer", *load_taxonomy().codes("control")}
