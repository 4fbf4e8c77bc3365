"""MAMM-Refine over the scripted runtime: who is asked what, when it stops, what holds, and what is on the record."""

import json
from collections.abc import Callable, Iterator, Sequence

import pytest

from engine import events
from engine.errors import CallFailed, UserError
from engine.pool import Expert
from engine.question import Question
from engine.runtimes.base import Message, Sampling
from engine.sentences import sentences as split
from engine_stage import Stage
from faithful_run import CHECKED, DOCUMENT, MENDED, SENTENCES, TEXT, checkers, judged, task, vote
from planted_errors import balanced_accuracy, planted_texts
from scripted import Script, ScriptedRuntime
from small_pool import pool

Checking = Callable[..., Stage]


@pytest.fixture
def checking() -> Iterator[Checking]:
    """Runs MAMM-Refine; the experts are Ann, Bob and Cyd, who is the aggregator."""
    stages: list[Stage] = []

    def check(script: Script = checkers, question: Question = CHECKED, **settings: object) -> Stage:
        stages.append(Stage(script, pool("ann", "bob", "cyd"), None))
        stages[-1].run("mamm-refine", question, **settings)
        return stages[-1]

    yield check
    for stage in stages:
        stage.engine.close()


def scripted(**said: Callable[..., str | UserError]) -> Script:
    """`checkers`, but for the tasks that are given."""

    def script(expert: Expert, messages: Sequence[Message], sampling: Sampling) -> str | UserError:
        answer = said.get(task(messages), checkers)
        return answer(expert, messages, sampling)

    return script


def agents(stage: Stage) -> list[str]:
    (recruited,) = stage.of(events.ExpertsRecruited)
    return recruited.drawn


def asked(stage: Stage, beginning: str) -> list[str]:
    return [call for call in stage.called if call.startswith(beginning)]


def test_the_wrong_sentence_is_found_criticised_and_rewritten_and_the_others_stay(checking: Checking) -> None:
    stage = checking()
    steps = [step.step for step in stage.of(events.StepStarted)]
    assert steps == ["recruit", "detect", "critique", "refine"]
    (split,) = stage.of(events.TextSplit)
    assert [TEXT[one["start"] : one["end"]] for one in split.sentences] == list(SENTENCES)
    decided = {one.sentence: one.faithful for one in stage.of(events.FaithfulnessDecided)}
    assert decided == {0: True, 1: False, 2: True}
    assert asked(stage, "critique/") == ["critique/1/0", "critique/1/1"]
    assert asked(stage, "refine/") == ["refine/0", "refine/1"]
    (rewritten,) = stage.of(events.TextRewritten)
    assert rewritten.text == stage.finished.text == f"{SENTENCES[0]} {MENDED} {SENTENCES[2]}"
    assert rewritten.call in ("refine/0", "refine/1")
    assert (stage.finished.outcome, stage.finished.agreement) == ("done", {})


def test_agreement_at_once_ends_the_debate_after_one_round(checking: Checking) -> None:
    stage = checking()
    for decided in stage.of(events.FaithfulnessDecided):
        assert (decided.rounds, decided.agreed) == (1, True)
    assert sorted(asked(stage, "detect/0/")) == [f"detect/0/1/{name}" for name in ("ann", "bob", "cyd")]
    votes = stage.of(events.FaithfulnessVoted)
    assert len(votes) == 9
    assert {vote.reasoning for vote in votes} == {f"{name} has read it." for name in ("ann", "bob", "cyd")}


def test_in_later_rounds_each_sees_what_all_said_and_may_give_in(checking: Checking) -> None:
    def persuaded(expert: Expert, messages: Sequence[Message], _sampling: Sampling) -> str:
        debated = "Several agents" in messages[-1].content
        return vote("no" if expert.name == "bob" and not debated else "yes", f"{expert.name}'s reason")

    stage = checking(scripted(detect=persuaded))
    for decided in stage.of(events.FaithfulnessDecided):
        assert (decided.faithful, decided.rounds, decided.agreed) == (True, 2, True)
    for name in ("ann", "bob", "cyd"):
        first, second = stage.prompt(f"detect/1/1/{name}"), stage.prompt(f"detect/1/2/{name}")
        assert "Several agents" not in first
        for other in ("ann", "bob", "cyd"):
            answer = "no" if other == "bob" else "yes"
            assert json.dumps({"reasoning": f"{other}'s reason", "answer": answer}) in second


def test_without_agreement_it_stops_after_ten_rounds_and_the_first_agents_last_answer_holds(
    checking: Checking,
) -> None:
    def stubborn(expert: Expert, _messages: Sequence[Message], _sampling: Sampling) -> str:
        return vote("no" if expert.name == "ann" else "yes")

    stage = checking(scripted(detect=stubborn))
    holds = agents(stage)[0] != "ann"
    for decided in stage.of(events.FaithfulnessDecided):
        assert (decided.rounds, decided.agreed, decided.faithful) == (10, False, holds)
    assert len(asked(stage, "detect/0/")) == 3 * 10


def test_fewer_rounds_can_be_asked_for(checking: Checking) -> None:
    def stubborn(expert: Expert, _messages: Sequence[Message], _sampling: Sampling) -> str:
        return vote("no" if expert.name == "ann" else "yes")

    stage = checking(scripted(detect=stubborn), rounds=2)
    assert {decided.rounds for decided in stage.of(events.FaithfulnessDecided)} == {2}


def test_an_answer_that_cannot_be_read_is_asked_for_three_more_times_and_then_no_vote(
    checking: Checking,
) -> None:
    def rambling(expert: Expert, messages: Sequence[Message], sampling: Sampling) -> str:
        if expert.name == "bob":
            return "I would rather talk about the sea."
        return checkers(expert, messages, sampling)

    stage = checking(scripted(detect=rambling))
    tries = ["detect/0/1/bob", *(f"detect/0/1/bob/retry-{number}" for number in (1, 2, 3))]
    assert asked(stage, "detect/0/1/bob") == tries
    (missing,) = [
        vote for vote in stage.of(events.FaithfulnessVoted) if vote.expert == "bob" and vote.sentence == 0
    ]
    assert (missing.faithful, missing.call) == (None, tries[-1])
    decided = {one.sentence: (one.faithful, one.agreed) for one in stage.of(events.FaithfulnessDecided)}
    assert decided == {0: (True, True), 1: (False, True), 2: (True, True)}


def test_what_those_agree_on_who_can_be_read_holds_whatever_the_first_agent_said_before(
    checking: Checking,
) -> None:
    first = agents(checking())[0]

    def falling_silent(expert: Expert, messages: Sequence[Message], _sampling: Sampling) -> str:
        if expert.name != first:
            return vote("no")
        return "Hm." if "answered this and disagree" in messages[-1].content else vote("yes")

    stage = checking(scripted(detect=falling_silent))
    assert agents(stage)[0] == first
    for decided in stage.of(events.FaithfulnessDecided):
        assert (decided.rounds, decided.agreed, decided.faithful) == (2, True, False)


def test_one_vote_that_can_be_read_of_three_is_no_agreement(checking: Checking) -> None:
    """In the second round only Ann can be read: they go on, and agree when all can be read again."""

    def falling_silent(expert: Expert, messages: Sequence[Message], _sampling: Sampling) -> str:
        told = messages[-1].content
        if "answered this and disagree" not in told:
            return vote("yes" if expert.name == "ann" else "no")
        if "Agent 2" in told:
            return vote("yes") if expert.name == "ann" else "Hm."
        return vote("no")  # Ann alone was heard in the round before

    decided = checking(scripted(detect=falling_silent)).of(events.FaithfulnessDecided)
    assert {(one.rounds, one.agreed, one.faithful) for one in decided} == {(3, True, False)}


def test_where_only_one_can_ever_be_read_the_debate_does_not_go_on_for_ever(checking: Checking) -> None:
    def mumbling(expert: Expert, _messages: Sequence[Message], _sampling: Sampling) -> str:
        return vote("yes") if expert.name == "bob" else "Hm."

    decided = checking(scripted(detect=mumbling)).of(events.FaithfulnessDecided)
    assert {(one.rounds, one.agreed, one.faithful) for one in decided} == {(2, False, True)}


def test_an_answer_that_can_be_read_the_second_time_counts(checking: Checking) -> None:
    tried: set[str] = set()

    def late(expert: Expert, messages: Sequence[Message], sampling: Sampling) -> str:
        key = f"{expert.name} {judged(messages)}"
        if key not in tried:
            tried.add(key)
            return '{"reasoning": "It is'
        return f"```json\n{checkers(expert, messages, sampling)}\n```"

    stage = checking(scripted(detect=late))
    assert all(vote.call.endswith("/retry-1") for vote in stage.of(events.FaithfulnessVoted))
    assert None not in {vote.faithful for vote in stage.of(events.FaithfulnessVoted)}


def test_a_sentence_that_nobody_judges_readably_stays_and_a_notice_says_so(checking: Checking) -> None:
    def silent_on_the_first(expert: Expert, messages: Sequence[Message], sampling: Sampling) -> str:
        return "?" if judged(messages) == SENTENCES[0] else checkers(expert, messages, sampling)

    stage = checking(scripted(detect=silent_on_the_first))
    first = next(one for one in stage.of(events.FaithfulnessDecided) if one.sentence == 0)
    assert (first.faithful, first.rounds, first.agreed) == (True, 1, False)
    assert "Nobody's judgement of sentence 1 could be read" in stage.notices


def test_an_expert_that_fails_has_no_vote_and_is_told_of_once(checking: Checking) -> None:
    def without_bob(expert: Expert, messages: Sequence[Message], sampling: Sampling) -> str | UserError:
        return CallFailed("It broke.") if expert.name == "bob" else checkers(expert, messages, sampling)

    stage = checking(scripted(detect=without_bob))
    assert stage.finished.outcome == "done"
    assert stage.notices.count("It broke.") == 1


def test_when_nobody_can_judge_the_run_fails_and_says_why(checking: Checking) -> None:
    stage = checking(scripted(detect=lambda *_: CallFailed("The server is down.")))
    assert stage.finished.outcome == "failed"
    assert "The server is down." in (stage.finished.error or "")


def test_a_faithful_text_stays_and_nothing_more_is_asked(checking: Checking) -> None:
    stage = checking(scripted(detect=lambda *_: vote("yes")))
    (rewritten,) = stage.of(events.TextRewritten)
    assert (rewritten.text, rewritten.call) == (TEXT, None)
    assert asked(stage, "critique/") == asked(stage, "refine/") == asked(stage, "rerank/") == []
    assert stage.finished.text == TEXT


def test_critiques_are_chosen_by_votes_that_see_both(checking: Checking) -> None:
    stage = checking(scripted(choose=lambda *_: vote("2")))
    chosen = {choice.subject: choice for choice in stage.of(events.CandidateChosen)}
    critique = chosen["critique/1"]
    assert critique.candidates == ["critique/1/0", "critique/1/1"]
    assert (critique.chosen, critique.rounds, critique.agreed) == ("critique/1/1", 1, True)
    assert sorted(asked(stage, "rerank/critique/1/")) == [
        f"rerank/critique/1/1/{name}" for name in ("ann", "bob", "cyd")
    ]
    texts = {done.call: done.text for done in stage.of(events.CallFinished)}
    asking = stage.prompt("rerank/critique/1/1/ann")
    assert f"## Response 1\n{texts['critique/1/0']}" in asking
    assert f"## Response 2\n{texts['critique/1/1']}" in asking
    assert texts["critique/1/1"] in stage.prompt("refine/0")
    assert texts["critique/1/0"] not in stage.prompt("refine/0")


def test_votes_on_candidates_stop_after_ten_rounds_and_the_first_agents_last_vote_holds(
    checking: Checking,
) -> None:
    def split(expert: Expert, _messages: Sequence[Message], _sampling: Sampling) -> str:
        return vote("1" if expert.name == "ann" else "2")

    stage = checking(scripted(choose=split))
    first = 0 if agents(stage)[0] == "ann" else 1
    for choice in stage.of(events.CandidateChosen):
        assert (choice.rounds, choice.agreed) == (10, False)
        assert choice.chosen == choice.candidates[first]
    assert len(asked(stage, "rerank/refine/")) == 3 * 10


def test_candidates_that_read_the_same_need_no_vote(checking: Checking) -> None:
    stage = checking(scripted(criticise=lambda *_: "The error span: 51 metres"))
    choice = next(one for one in stage.of(events.CandidateChosen) if one.subject == "critique/1")
    assert (choice.chosen, choice.rounds, choice.agreed) == ("critique/1/0", 0, True)
    assert asked(stage, "rerank/critique/") == []


def test_generate_has_each_author_write_anew_and_the_first_stands(checking: Checking) -> None:
    stage = checking(selection="generate")
    assert asked(stage, "rerank/") == []
    texts = {done.call: done.text for done in stage.of(events.CallFinished)}
    anew = stage.prompt("generate/critique/1/0")
    assert anew.index(texts["critique/1/0"]) < anew.index(texts["critique/1/1"])
    other = stage.prompt("generate/critique/1/1")
    assert other.index(texts["critique/1/1"]) < other.index(texts["critique/1/0"])
    choice = next(one for one in stage.of(events.CandidateChosen) if one.subject == "critique/1")
    assert choice.candidates == ["generate/critique/1/0", "generate/critique/1/1"]
    assert (choice.chosen, choice.rounds) == ("generate/critique/1/0", 0)


def test_the_error_is_placed_in_the_text(checking: Checking) -> None:
    stage = checking()
    found = stage.of(events.ErrorFound)
    assert [error.call for error in found] == ["critique/1/0", "critique/1/1"]
    for error in found:
        assert (error.sentence, error.span, error.suggestion) == (1, "51 metres", MENDED)
        assert TEXT[error.start : error.end] == "51 metres"


@pytest.mark.parametrize(
    ("critique", "span"),
    [
        ("The error span: 51 metres", "51 metres"),
        ('**The error span:** "51 metres".', "51 metres"),
        ("the error span: \u201c51 metres\u201d, which is the lamp's height", "51 metres"),
        ("The error span: <51 metres> Suggested fix: 38 metres", "51 metres"),
    ],
)
def test_error_spans_are_read_as_models_write_them(checking: Checking, critique: str, span: str) -> None:
    stage = checking(scripted(criticise=lambda *_: critique))
    error = stage.of(events.ErrorFound)[0]
    assert error.span == span
    assert TEXT[error.start : error.end] == span


def test_an_error_span_that_is_not_in_the_sentence_has_no_place(checking: Checking) -> None:
    stage = checking(scripted(criticise=lambda *_: "The error span: 99 metres"))
    error = stage.of(events.ErrorFound)[0]
    assert (error.span, error.start, error.end) == ("99 metres", None, None)


def test_a_rewrite_of_other_sentences_cannot_touch_them(checking: Checking) -> None:
    def meddling(*_: object) -> str:
        return json.dumps({"sentence_1": "It never was.", "sentence_2": MENDED})

    stage = checking(scripted(sentences=meddling))
    assert stage.finished.text == f"{SENTENCES[0]} {MENDED} {SENTENCES[2]}"


@pytest.mark.parametrize(
    ("anew", "stands"),
    [
        ("It is 38 metres high", "It is 38 metres high."),
        ("Is it 38 metres high?", "Is it 38 metres high?"),
        ('They say: "38 metres."', 'They say: "38 metres."'),
    ],
)
def test_a_rewritten_sentence_ends_as_the_old_one_where_the_model_forgot_its_end(
    checking: Checking, anew: str, stands: str
) -> None:
    stage = checking(scripted(sentences=lambda *_: json.dumps({"sentence_2": anew})))
    assert stage.finished.text == f"{SENTENCES[0]} {stands} {SENTENCES[2]}"


def test_a_rewrite_that_cannot_be_read_leaves_the_text_and_a_notice_says_so(checking: Checking) -> None:
    stage = checking(scripted(sentences=lambda *_: '{"sentence_1": "Only this."}'))
    assert len(asked(stage, "refine/0")) == 4
    assert stage.finished.text == TEXT
    assert "the text stays as it was" in stage.notices


@pytest.mark.parametrize("blank", ["", " ", "\n\t", "\u200b", "..."])
def test_a_rewrite_cannot_delete_a_sentence(checking: Checking, blank: str) -> None:
    tried: set[int | None] = set()

    def late(_expert: Expert, _messages: Sequence[Message], sampling: Sampling) -> str:
        again = bool(tried)
        tried.add(sampling.seed)
        return json.dumps({"sentence_2": f"\n {MENDED} " if again else blank})

    stage = checking(scripted(sentences=late))
    assert len([call for call in asked(stage, "refine/") if call.endswith("/retry-1")]) == 1
    assert stage.finished.text == f"{SENTENCES[0]} {MENDED} {SENTENCES[2]}"


def test_where_every_rewrite_is_blank_the_text_stays(checking: Checking) -> None:
    stage = checking(scripted(sentences=lambda *_: '{"sentence_2": " "}'))
    assert len(asked(stage, "refine/")) == 2 * 4
    assert stage.finished.text == TEXT


def test_the_whole_text_can_be_rewritten_and_changes_elsewhere_are_told(checking: Checking) -> None:
    free = f"The lighthouse is old. {MENDED} {SENTENCES[2]}"
    stage = checking(scripted(whole=lambda *_: free), rewrite="whole")
    assert stage.finished.text == free
    assert "changed 1 of 2 sentences that were not criticised" in stage.notices


def test_a_long_text_that_is_cut_off_is_no_rewrite(checking: Checking) -> None:
    stage = checking(scripted(whole=lambda *_: "word " * 1001), rewrite="whole")
    assert stage.finished.text == TEXT
    assert "could not be read" in stage.notices


@pytest.mark.parametrize(
    ("sentence", "size"),
    [
        ("It is {} metres high, as has been said of it more than once and by many.", 1),
        ("灯塔高{}米这一点许多人都不止一次地说过而且写进了书里人人都知道。", 3),
    ],
)
def test_long_rewrites_have_the_tokens_that_they_need(checking: Checking, sentence: str, size: int) -> None:
    wrong = [sentence.format(height) for height in range(10, 70)]
    text = " ".join(wrong)

    def detecting(*_: object) -> str:
        return vote("no")

    def limit(**settings: str) -> int:
        question = Question.posed("", document=DOCUMENT, draft=text)
        stage = checking(scripted(detect=detecting), question, **settings)
        return next(q.sampling["max_tokens"] for q in stage.of(events.CallQueued) if q.call == "refine/0")

    # Two bytes a token, letters of one byte and ideograms of three; one by one, the sentences may grow by 200 each.
    digits_and_spaces = 60 * 2 + 59
    letters = (len(text) - digits_and_spaces) * size
    assert limit(rewrite="whole") == (digits_and_spaces + letters) // 2
    assert limit() == (digits_and_spaces + letters + 60 * 200) // 2


def test_a_question_without_a_text_has_one_written_from_its_document(checking: Checking) -> None:
    question = Question.posed("What is known of the lighthouse?", document=DOCUMENT)
    stage = checking(question=question)
    assert [step.step for step in stage.of(events.StepStarted)][:3] == ["recruit", "reason", "detect"]
    assert asked(stage, "reason/") == ["reason/cyd/0"]
    (split,) = stage.of(events.TextSplit)
    assert (split.text, split.call) == (TEXT, "reason/cyd/0")


CHOICE = Question.posed(
    "How high is the lighthouse?", ("15 metres", "51 metres"), document=DOCUMENT, gold="A"
)


def test_an_answer_by_its_label_is_held_against_the_question_and_its_choices(checking: Checking) -> None:
    """Without them nobody could tell whether "The answer is (B)" follows from the document."""
    stage = checking(scripted(write=lambda *_: f"{SENTENCES[0]} The answer is (A)."), CHOICE)
    asked_of_last = stage.prompt("detect/1/1/ann")
    assert "Sentence: The answer is (A)." in asked_of_last
    assert f"{DOCUMENT}\n\nQuestion: {CHOICE.text}\n(A) 15 metres\n(B) 51 metres\n\n" in asked_of_last
    assert stage.finished.answer == "A"
    assert "Question:" not in checking().prompt("detect/1/1/ann")


def test_a_critique_that_names_no_error_is_asked_for_again_three_times_at_most(checking: Checking) -> None:
    tries: dict[int, int] = {}

    def vague(expert: Expert, messages: Sequence[Message], sampling: Sampling) -> str:
        number = len(tries)
        tries[sampling.seed] = number
        return checkers(expert, messages, sampling) if number == 2 else "The height is wrong."

    stage = checking(scripted(criticise=vague))
    written = asked(stage, "critique/1/")
    assert len(written) == 2 + 1 + 3  # one instance names it the second time, the other never does
    assert sum("/retry-1" in call for call in written) == 2
    assert sum("/retry-3" in call for call in written) == 1
    found = stage.of(events.ErrorFound)
    assert sorted(one.span for one in found) == ["", "51 metres"]
    assert all("/retry-" in one.call for one in found)


def test_the_critic_can_be_named(checking: Checking) -> None:
    stage = checking(critic="bob")
    authors = {
        queued.expert
        for queued in stage.of(events.CallQueued)
        if queued.call.startswith(("critique/", "refine/"))
    }
    assert authors == {"bob"}


def test_without_a_document_it_says_to_give_one(checking: Checking) -> None:
    with pytest.raises(UserError, match="give a document"):
        checking(question=Question.posed("What is known of the lighthouse?"))


def test_answers_are_asked_for_as_small_json_objects(checking: Checking) -> None:
    stage = checking()
    sampling = {queued.call: queued.sampling for queued in stage.of(events.CallQueued)}
    schema = sampling["detect/0/1/ann"]["json_schema"]
    assert list(schema["properties"]) == ["reasoning", "answer"]
    assert schema["properties"]["answer"]["enum"] == ["yes", "no"]
    assert list(sampling["refine/0"]["json_schema"]["properties"]) == ["sentence_2"]
    assert sampling["critique/1/0"]["json_schema"] is None
    assert {sampling[call]["max_tokens"] for call in ("detect/0/1/ann", "critique/1/0", "refine/0")} == {1000}


@pytest.mark.parametrize("words", [4, 40])
def test_no_text_is_held_to_more_characters_than_grammars_can_bear_nor_a_long_sentence_to_too_few(
    checking: Checking, words: int
) -> None:
    wrong = "It " + "really " * words + "is 51 metres high."
    text = TEXT.replace(SENTENCES[1], wrong)

    def detecting(_expert: Expert, messages: Sequence[Message], _sampling: Sampling) -> str:
        return vote("no" if judged(messages) == wrong else "yes")

    stage = checking(scripted(detect=detecting), Question.posed("", document=DOCUMENT, draft=text))
    schemas = {
        queued.call: queued.sampling["json_schema"]["properties"]
        for queued in stage.of(events.CallQueued)
        if queued.sampling["json_schema"]
    }
    assert all(
        said.get("maxLength", 0) <= 256 for properties in schemas.values() for said in properties.values()
    )
    longest = schemas["refine/0"]["sentence_2"].get("maxLength")
    assert longest is None or longest >= 2 * len(wrong)
    assert schemas["detect/0/1/ann"]["reasoning"]["maxLength"] == 256


def test_balanced_accuracy_is_the_mean_of_both_recalls() -> None:
    # Of four faithful sentences three are found so, of two unfaithful ones one: (3/4 + 1/2) / 2 = 0.625.
    labels = [True, True, True, True, False, False]
    found = [True, True, True, False, False, True]
    assert balanced_accuracy(labels, found) == pytest.approx(0.625)
    assert balanced_accuracy(labels, [True] * 6) == pytest.approx(0.5)
    with pytest.raises(ValueError, match="both kinds"):
        balanced_accuracy([True, True], [True, True])


def test_planted_texts_are_as_they_should_be() -> None:
    texts = planted_texts()
    assert len(texts) == 5
    for planted in texts:
        assert 100 <= len(planted.document.split()) <= 180
        assert 5 <= len(planted.sentences) <= 7
        assert 1 <= planted.faithful.count(False) <= 3
        assert tuple(sentence.text for sentence in split(planted.text)) == planted.sentences


def test_the_rewrite_can_be_generated_as_well(checking: Checking) -> None:
    def bettered(expert: Expert, messages: Sequence[Message], sampling: Sampling) -> str:
        of_a_rewrite = "Write each of these sentences anew" in messages[0].content
        return json.dumps({"sentence_2": MENDED}) if of_a_rewrite else checkers(expert, messages, sampling)

    stage = checking(scripted(better=bettered), selection="generate")
    assert asked(stage, "generate/refine/") == ["generate/refine/0", "generate/refine/1"]
    (rewritten,) = stage.of(events.TextRewritten)
    assert rewritten.call == "generate/refine/0"
    assert rewritten.text == f"{SENTENCES[0]} {MENDED} {SENTENCES[2]}"


def test_where_the_runtime_enforces_no_form_answers_are_read_out_of_what_stands_around_them(
    checking: Checking, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ScriptedRuntime, "enforces_json", False)

    def chatty(expert: Expert, messages: Sequence[Message], sampling: Sampling) -> str:
        return f"Here you are:\n```json\n{checkers(expert, messages, sampling)}\n```\nI hope it helps."

    stage = checking(scripted(detect=chatty, choose=chatty, sentences=chatty))
    assert all(sampling.json_schema is None for _, _, sampling in stage.runtime.calls)
    assert stage.finished.text == f"{SENTENCES[0]} {MENDED} {SENTENCES[2]}"
    assert not [call for call in stage.called if "/retry-" in call]


def test_a_critique_that_can_be_used_is_not_lost_when_asking_again_fails(checking: Checking) -> None:
    tries: list[int] = []

    def failing_later(_expert: Expert, _messages: Sequence[Message], sampling: Sampling) -> str | UserError:
        tries.append(sampling.seed)
        return "The height is wrong." if len(tries) <= 2 else CallFailed("The server is down.")

    stage = checking(scripted(criticise=failing_later))
    assert [one.span for one in stage.of(events.ErrorFound)] == ["", ""]
    assert "The height is wrong." in stage.prompt("refine/0")
    assert stage.finished.text == f"{SENTENCES[0]} {MENDED} {SENTENCES[2]}"
