"""A run of MAgICoRe, and a disputation by reranking, as a person sees them: live, afterwards, replayed and saved."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from hostile.texts import SHORT
from reranked_run import RerankedDisputation
from solved_run import SAMPLES, Solution, Solving, solution
from stage import ScriptedStage
from test_accessibility import LOOKS, violations
from test_hostile_texts import visiting
from ui.page_export import page as page_of


def shown(stage: ScriptedStage, page: Page, said: Solving | RerankedDisputation) -> Locator:
    """The view of a recorded run."""
    for event in said.events("r1"):
        stage.recorder.record(event)
    stage.recorder.flush()
    page.goto(f"{stage.address}/traces?run=r1")
    view = page.locator(".run-view")
    expect(view).to_have_attribute("data-status", "done")
    expect(view.locator(".final")).to_be_visible()
    return view


def step_section(view: Locator, title: str) -> Locator:
    """The section of that title."""
    return view.locator("section.step").filter(has=view.page.get_by_role("heading", name=title, exact=True))


def test_solutions_stand_the_best_first_with_their_rewards_and_who_scored(
    stage: ScriptedStage, page: Page
) -> None:
    view = shown(stage, page, Solving())
    names = view.locator(".solution .name")
    expect(names).to_have_text(["Solution 2", "Solution 1", "Solution 4", "Solution 3"])
    best = view.locator(".solution").first
    expect(best).to_contain_text("answers 72 ✓ right")
    expect(best).to_contain_text("R 1.58")
    expect(best).to_contain_text("outcome 0.90 + steps 0.68")  # 0.95 · 0.9 · 0.8 = 0.684
    expect(best.get_by_role("img", name="Scores of its steps: 0.95, 0.90, 0.80")).to_be_visible()
    expect(view.locator(".judges")).to_have_text(
        "Scored by reward models: outcomes by Outcome Judge 0.6B, steps by Step Judge 7B."
    )
    view.get_by_role("button", name="Show in order").click()
    expect(names).to_have_text(["Solution 1", "Solution 2", "Solution 3", "Solution 4"])


def test_a_solution_unfolds_to_its_steps_with_scores_and_to_its_text(
    stage: ScriptedStage, page: Page
) -> None:
    view = shown(stage, page, Solving())
    first = view.locator('[data-call="reason/solver/0"]')
    first.locator("summary").focus()
    page.keyboard.press("Enter")
    steps = first.get_by_role("list", name="Steps with their scores").get_by_role("listitem")
    expect(steps).to_have_text(
        ["0.90There are 8 crates of 9 jars.", "0.50So $8 \\times 9 = 71$ jars.", "0.40\\boxed{71}"]
    )
    expect(first.locator(".call-text")).to_be_hidden()
    first.get_by_role("button", name="Show the text").click()
    expect(first.locator(".call-text")).to_contain_text("There are 8 crates of 9 jars.")
    expect(steps.first).to_be_hidden()


def test_an_easy_question_says_why_and_is_answered_by_weights(stage: ScriptedStage, page: Page) -> None:
    view = shown(stage, page, Solving())
    judged = view.get_by_role("group", name="Difficulty")
    expect(judged).to_contain_text("Easy as one condition holds")
    expect(judged.get_by_role("listitem")).to_have_text(
        [
            "✓ holdsThe answer of the majority, 71, scores 0.31 deviations above the mean of the calibration.",
            "✗ does not holdConfidence is 0.62 by outcomes and 0.44 by steps; both must be 0.50 or more.",
        ]
    )
    expect(judged).to_contain_text("mean 1.10, deviation 0.35 of 40 questions of the validation set")
    weights = view.get_by_role("list", name="Answers by weight").get_by_role("listitem")
    expect(weights).to_have_text(
        ["721.58 · 1 solution", "711.06 · 2 solutions", "170.12 · 1 solution"]  # 0.58 + 0.48 = 1.06
    )
    expect(view.get_by_role("button", name="review")).to_be_disabled()


def test_a_hard_question_goes_through_rounds(stage: ScriptedStage, page: Page) -> None:
    view = shown(stage, page, Solving(rounds=3))
    headings = view.locator("section.step > .step-head h2")
    rounds = [f"Round {number}: reviewed and refined" for number in (1, 2, 3)]
    expect(headings).to_have_text(["Solutions", *rounds, "Answer", "Timeline"])
    expect(view.locator(".difficulty .level")).to_have_text(["Hard", "Hard", "Hard", "Easy"])
    first = step_section(view, rounds[0])
    rows = first.locator(".chain")
    expect(rows).to_have_count(4)
    expect(rows.first).to_contain_text("Solution 1")
    expect(rows.first).to_contain_text("71 ✗ → 72 ✓")
    expect(rows.first).to_contain_text("R 0.58 → 1.53")
    expect(rows.first).to_contain_text("refined one kept")
    # Of eight solutions the four best: 1.584 and three of 1.529.
    expect(first.get_by_text("Kept 4 of 8 solutions, 3 of them refined in this round")).to_be_visible()
    expect(view.locator('[data-call="reason/solver/0"]')).to_contain_text("dropped in round 1")
    rows.first.locator("summary").click()
    expect(rows.first.locator(".chain-part h3")).to_have_text(
        ["Solution 1", "Feedback of the reviewer", "Refined: solution 1.1"]
    )
    expect(rows.first.locator(".call-text strong")).to_have_text("multiply")
    expect(rows.first.locator("del").first).to_contain_text("71")
    expect(rows.first.locator("ins").first).to_contain_text("72")
    rows.first.get_by_role("button", name="Show the text").click()
    expect(rows.first.locator("del").first).to_be_hidden()


def test_the_steps_lead_to_each_round_in_turn(stage: ScriptedStage, page: Page) -> None:
    page.emulate_media(reduced_motion="reduce")
    view = shown(stage, page, Solving(rounds=2))
    for number in (1, 2, 1):
        view.get_by_role("button", name="refine", exact=True).click()
        heading = view.get_by_role("heading", name=f"Round {number}: reviewed and refined")
        expect(heading).to_be_focused()
        expect(heading).to_be_in_viewport()


def test_forty_solutions_are_few_lines_each(stage: ScriptedStage, page: Page) -> None:
    samples = [solution("72", number / 40, 0.5, 0.6, 0.7) for number in range(40)]
    view = shown(stage, page, Solving(samples=samples, rounds=1, generative=True))
    panels = view.locator(".solution")
    expect(panels).to_have_count(40)
    expect(view.locator(".solution .call-text:visible")).to_have_count(0)
    expect(view.locator(".judges")).to_contain_text("generative verifier: how likely Outcome Judge 0.6B says")
    chains = view.locator(".chain:visible")
    expect(chains).to_have_count(12)
    view.get_by_role("button", name="Show all 40 solutions of this round").click()
    expect(chains).to_have_count(40)
    expect(view.locator(".conclusion")).to_contain_text("120 calls · 160 scorings")
    lanes = view.locator(".lane-labels .who")
    expect(lanes).to_have_text(["Solver 1.5B", "outcome-judge", "step-judge"])
    view.get_by_text("As a table").click()  # a row for each call, and one for what a model scores in a round
    expect(view.locator(".timeline-table tbody tr")).to_have_count(120 + 4)


def test_while_it_goes_on_it_says_what_it_does(stage: ScriptedStage, page: Page) -> None:
    events = Solving(rounds=1).events("r1", at=time.time())

    def recorded_until(kind: str, **fields: object) -> None:
        while events:
            event = events.pop(0)
            stage.recorder.record(event)
            if event.kind == kind and all(getattr(event, name) == value for name, value in fields.items()):
                break
        stage.recorder.flush()

    recorded_until("call_queued", call="reason/solver/2")
    page.goto(f"{stage.address}/traces?run=r1")
    sentence = page.locator(".sentence")
    expect(sentence).to_have_text("Reasoning: 2 of 3 done …")
    expect(page.get_by_role("button", name="Show in order")).to_be_hidden()
    recorded_until("call_queued", call="reward/outcome/reason/solver/1")
    expect(sentence).to_have_text("Scoring 1 of 2 solutions …")
    expect(page.locator(".solution")).to_have_count(4)  # scores are no solutions
    recorded_until("difficulty_judged", round=0)
    expect(page.locator(".difficulty .level")).to_have_text(["Hard"])
    recorded_until("call_finished", call="review/1/0")
    expect(sentence).to_have_text("Reviewing …")
    recorded_until("call_queued", call="refine/1/1")
    expect(sentence).to_have_text("Refining: 1 of 2 done …")
    expect(page.get_by_role("button", name="refine", exact=True)).to_have_attribute("data-state", "live")
    recorded_until("run_finished")
    expect(sentence).to_have_text("Done.")


def test_a_replay_goes_back_before_the_rewards(stage: ScriptedStage, page: Page) -> None:
    for event in Solving(rounds=3).events("r1"):
        stage.recorder.record(event)
    stage.recorder.flush()
    page.goto(f"{stage.address}/traces?run=r1&replay=1")
    moment = page.get_by_role("slider", name="Moment of the replay")
    expect(moment).not_to_have_attribute("max", "0")
    moment.press("End")
    expect(page.locator(".weighted-vote")).to_be_visible()
    expect(page.locator(".difficulty:visible")).to_have_count(4)
    moment.press("Home")
    expect(page.locator(".difficulty:visible")).to_have_count(0)
    expect(page.locator(".weighted-vote")).to_be_hidden()


def test_candidates_are_chosen_by_votes(stage: ScriptedStage, page: Page) -> None:
    view = shown(stage, page, RerankedDisputation())
    critiques = step_section(view, "Critiques, round 2")
    expect(critiques.locator(".critique")).to_have_count(6)
    expect(critiques.locator('.critique[data-chosen="true"]')).to_have_count(3)
    choice = critiques.get_by_role("group", name="Votes on critiques").locator(".choice").first
    expect(choice).to_contain_text("Small 135M: candidate 1 (Middle 0.5B) chosen by all, at once")
    refined = step_section(view, "Refined answers")
    expect(refined.locator(".panel")).to_have_count(6)
    expect(refined.locator('.panel[data-chosen="true"]')).to_have_count(3)
    choice = refined.locator(".choice").first
    expect(choice).to_contain_text("candidate 2 chosen without agreement, 2 of 3 votes after 2 rounds")
    choice.locator("summary").click()
    votes = choice.get_by_role("list", name="Votes").get_by_role("listitem")
    expect(votes).to_have_count(6)
    expect(votes.nth(1)).to_have_text(
        "round 1Middle 0.5Bno vote that could be readIt names the step that is wrong."
    )
    expect(view.locator(".minds li")).to_have_count(2)  # the chosen refinements that changed an answer
    expect(view.locator(".difficulty .level")).to_have_text(["Hard", "Hard", "Easy"])


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
@pytest.mark.parametrize(
    "said", [Solving(rounds=1), RerankedDisputation(rounds=1)], ids=["solved", "reranked"]
)
def test_it_is_accessible(
    stage: ScriptedStage, chromium: Browser, said: Solving | RerankedDisputation, width: int, scheme: str
) -> None:
    context = chromium.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, reduced_motion="reduce"
    )
    page = context.new_page()
    view = shown(stage, page, said)
    for summary in view.locator("details:is(.solution, .chain, .choice) > summary").all()[::3]:
        summary.click()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    context.close()


def hostile() -> Solving:
    """A run whose every text is hostile."""
    samples = [Solution(((text, 0.5), (text, 0.25)), text[:60] or None, 0.5) for text in SHORT.values()]
    several = tuple((text, 0.9) for text in list(SHORT.values())[:6])
    return Solving(
        samples=[*SAMPLES, *samples],
        refined=Solution(several, SHORT["script"], 0.9),
        rounds=1,
        feedback=SHORT["script"],
        calibration=SHORT["script"],
        judge=SHORT["script"],
        generative=True,
    )


@pytest.mark.parametrize("width", [1280, 390])
def test_hostile_texts_stay_texts(
    stage: ScriptedStage, chromium: Browser, tmp_path: Path, width: int
) -> None:
    runs: dict[str, Callable[[str], list]] = {
        "solved": hostile().events,
        "reranked": RerankedDisputation(
            critique="\n".join(SHORT.values()), reasoning="\n".join(SHORT.values())
        ).events,
    }
    for run, events in runs.items():
        for event in events(run):
            stage.recorder.record(event)
        stage.recorder.flush()
        file = tmp_path / f"{run}.html"
        file.write_text(page_of(stage.traces, run), "utf-8")
        for address in (f"{stage.address}/traces?run={run}", file.as_uri()):
            with visiting(chromium, width=width) as visitor:
                visitor.page.goto(address)
                expect(visitor.page.locator(".final")).to_be_visible()
                for summary in visitor.page.locator(
                    "details:is(.solution, .chain, .choice) > summary:visible"
                ).all()[:20]:
                    summary.evaluate("summary => { summary.parentElement.open = true; }")
                expect(
                    visitor.page.locator("details[open] :is(.scored-steps, .vote-list) li").first
                ).to_be_attached()
                visitor.unharmed()
