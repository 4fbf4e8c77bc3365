"""What a person attaches to recorded runs: tags and a note."""

from threading import Thread

import pytest

from engine.errors import UserError
from storage.curation import Curation
from storage.database import Database
from storage.errors import NotWritten
from storage.recorder import Recorder
from storage_events import (
    call_delta,
    call_finished,
    call_queued,
    record,
    run_finished,
    run_started,
)


def ids(page):
    return [run.id for run in page.runs]


def test_tags_and_a_note_are_kept_and_shown_with_the_run(recorder, traces, curation):
    record(recorder, run_started("r"))
    assert (curation.of("r").tags, curation.of("r").note) == ((), "")
    curation.mark("r", tags=["to discuss", " homework ", "to discuss"])
    curation.mark("r", note="  Ask the class.\nTwice.  ")
    marks = curation.of("r")
    assert (marks.tags, marks.note) == (("homework", "to discuss"), "Ask the class.\nTwice.")
    (summary,) = traces.page().runs
    assert (summary.tags, summary.note) == (marks.tags, marks.note)
    assert (traces.run("r").tags, traces.run("r").note) == (marks.tags, marks.note)


def test_new_tags_and_a_new_note_replace_the_old_ones(recorder, curation):
    record(recorder, run_started("r"))
    curation.mark("r", tags=["a", "b"])
    curation.mark("r", note="first")
    assert curation.mark("r", tags=["b", "c"]).tags == ("b", "c")
    assert curation.mark("r", note="second").note == "second"
    assert curation.mark("r", tags=[], note=" ").tags == curation.of("r").tags == ()
    assert curation.of("r").note == ""


@pytest.mark.parametrize(
    ("tags", "sentence"),
    [
        ([""], "1 to 40"),
        (["   "], "1 to 40"),
        (["x" * 41], "not 41"),
        (["two\nlines"], "control"),
        (["nul\0"], "control"),
        (["bell \x07"], "control"),
        (["para\u2029graph"], "control"),
        ([f"tag {number}" for number in range(21)], "20 tags"),
    ],
)
def test_what_cannot_be_a_tag_is_refused_and_changes_nothing(recorder, curation, tags, sentence):
    record(recorder, run_started("r"))
    curation.mark("r", tags=["kept"], note="kept")
    with pytest.raises(UserError, match=sentence) as raised:
        curation.mark("r", tags=tags, note="new")
    assert "\n" not in str(raised.value)
    assert (curation.of("r").tags, curation.of("r").note) == (("kept",), "kept")


def test_the_longest_tags_and_note_are_taken(recorder, curation):
    record(recorder, run_started("r"))
    tags = tuple(f"{number:02}{'é' * 38}" for number in range(20))
    assert curation.mark("r", tags=tags, note="ü" * 10_000).tags == tags
    with pytest.raises(UserError, match="shorten it by 1"):
        curation.mark("r", note="ü" * 10_001)
    assert len(curation.of("r").note) == 10_000


def test_text_that_no_database_likes_is_kept(recorder, curation):
    record(recorder, run_started("r"))
    marks = curation.mark("r", tags=["half \ud83d", "'; --", "👩‍🏫"], note="nul \0 half \ud83d ${alert(1)}")
    assert set(marks.tags) == {"half \ufffd", "'; --", "👩‍🏫"}
    assert marks.note == "nul \0 half \ufffd ${alert(1)}"


def test_notes_and_tags_are_found_together_with_the_run_s_own_text(recorder, traces, curation):
    record(recorder, run_started("r", "Of zebras"), run_started("other", "Of zebras"))
    curation.mark("r", tags=["stripes"], note="Shown in the Tuesday class.")
    for text in ("tuesday", "stripes", "zebras tuesday", "stri"):
        assert ids(traces.page(text)) == ["r"], text
    (run,) = traces.page("tuesday").runs
    assert ("Tuesday", True) in run.snippet
    curation.mark("r", tags=[], note="")
    assert ids(traces.page("tuesday")) == ids(traces.page("stripes")) == []
    assert ids(traces.page("zebras")) == ["other", "r"]


def test_notes_and_tags_stay_found_when_the_run_goes_on(recorder, traces, curation):
    record(recorder, run_started("r"), call_queued("r", "a"))
    curation.mark("r", tags=["early"], note="premature")
    record(recorder, call_finished("r", "a", "the whole text"), run_finished("r"))
    assert ids(traces.page("premature whole early")) == ["r"]


def test_pages_and_recorder_write_at_once_without_loss(database, traces):
    curation = Curation(database)
    with Recorder(database, flush_seconds=0.001) as recorder:
        record(recorder, run_started("r"), call_queued("r", "a"))

        def stream():
            for number in range(300):
                recorder.record(call_delta("r", "a", f"{number} "))

        thread = Thread(target=stream)
        thread.start()
        for number in range(30):
            curation.mark("r", tags=[f"tag {number}"], note=f"note {number}")
        thread.join()
        recorder.flush()
    (call,) = traces.calls("r")
    assert call.text == "".join(f"{number} " for number in range(300))
    assert (traces.run("r").tags, traces.run("r").note) == (("tag 29",), "note 29")


def test_what_cannot_be_written_is_one_clear_sentence(database, recorder, monkeypatch):
    record(recorder, run_started("r"))
    monkeypatch.setattr("storage.database.BUSY_SECONDS", 0.01)
    impatient = Database(database.path)
    curation = Curation(impatient)
    with database.writer():
        for change in (lambda: curation.mark("r", note="lost"), lambda: curation.delete(["r"])):
            with pytest.raises(NotWritten, match="try again") as raised:
                change()
            assert "\n" not in str(raised.value)
    assert curation.of("r").note == ""
    impatient.close()
