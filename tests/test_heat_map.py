"""The heat map's order on tables whose structure a person sees at once."""

import random

from engine.profile import Profile, ProfiledQuestion
from ui.heat_map import Cell, heat_map

MATHEMATICS = ("algebra", "fractions", "geometry")
MEDICINE = ("anatomy", "pharmacology", "virology")
CALCULATING, HEALING = ("abacus", "calculator"), ("nurse", "surgeon")


def questions(skill: str, right: dict[str, int], of: int) -> list[ProfiledQuestion]:
    """`of` questions that need the skill; each expert has the stated number of them right."""
    return [
        ProfiledQuestion(
            id=f"{skill}-{number}",
            source="tests",
            kind="open",
            question="?",
            gold="!",
            skills=(skill,),
            right={expert: number < count for expert, count in right.items()},
        )
        for number in range(of)
    ]


def profile_of(*tables: list[ProfiledQuestion]) -> Profile:
    asked = tuple(question for table in tables for question in table)
    return Profile(pool="tests", made="2026-11-21", made_how="by hand", questions=asked)


def two_fields() -> Profile:
    """Two experts calculate well and two heal well; mathematics was easier. Skills come in mixed order."""
    tables = [
        questions(skill, {"calculator": 9, "nurse": 2, "abacus": 8, "surgeon": 1}, 10)
        for skill in MATHEMATICS
    ]
    tables += [
        questions(skill, {"calculator": 1, "nurse": 6, "abacus": 0, "surgeon": 7}, 10) for skill in MEDICINE
    ]
    random.Random(4).shuffle(tables)
    return profile_of(*tables)


def test_alike_skills_and_experts_stand_together_and_the_stronger_come_first() -> None:
    drawn = heat_map(two_fields(), ("surgeon", "abacus", "nurse", "calculator"))
    skills = [row.skill for row in drawn.rows]
    assert set(skills[:3]) == set(MATHEMATICS)
    assert set(skills[3:]) == set(MEDICINE)
    assert set(drawn.experts[:2]) == set(CALCULATING)
    assert set(drawn.experts[2:]) == set(HEALING)
    column = drawn.experts.index("calculator")
    assert [row.cells[column] for row in drawn.rows] == [Cell(9, 10)] * 3 + [Cell(1, 10)] * 3


def test_a_gradient_is_not_broken() -> None:
    steps = [questions(f"step {right}", {"one": right, "two": right}, 8) for right in (5, 0, 8, 2, 6, 3, 7)]
    drawn = heat_map(profile_of(*steps), ("one", "two"))
    assert [row.skill for row in drawn.rows] == [f"step {right}" for right in (8, 7, 6, 5, 3, 2, 0)]


def test_one_lucky_answer_does_not_count_as_much_as_many() -> None:
    profile = profile_of(
        questions("luck", {"one": 1}, 1),
        questions("craft", {"one": 19}, 20),
        questions("toil", {"one": 3}, 20),
    )
    assert [row.skill for row in heat_map(profile, ("one",)).rows] == ["craft", "luck", "toil"]


def test_skills_with_few_questions_are_left_out_on_demand_and_where_there_are_many() -> None:
    rare = [questions(f"rare {number}", {"one": 1}, 1) for number in range(100)]
    profile = profile_of(*rare, questions("usual", {"one": 2}, 3), questions("frequent", {"one": 4}, 9))
    calm = heat_map(profile, ("one",))
    assert ([row.skill for row in calm.rows], calm.least) == (["usual", "frequent"], 3)
    assert (calm.most, calm.skills) == (9, 102)
    assert len(heat_map(profile, ("one",), 1).rows) == 102
    assert [row.skill for row in heat_map(profile, ("one",), 4).rows] == ["frequent"]
    assert heat_map(profile, ("one",), 10).rows == ()


def test_an_expert_without_answers_has_empty_cells() -> None:
    profile = profile_of(questions("algebra", {"one": 2}, 3))
    drawn = heat_map(profile, ("absent", "one"))
    assert dict(zip(drawn.experts, drawn.rows[0].cells, strict=True)) == {"one": Cell(2, 3), "absent": Cell()}


def test_a_profile_of_very_many_skills_is_drawn_too() -> None:
    chance = random.Random(7)
    experts = tuple(f"expert {number}" for number in range(16))
    tables = [
        questions(f"skill {number}", {expert: chance.randrange(4) for expert in experts}, 3)
        for number in range(900)
    ]
    drawn = heat_map(profile_of(*tables), experts, 1)
    shares = [sum(cell.right for cell in row.cells) for row in drawn.rows]
    assert sorted(row.skill for row in drawn.rows) == sorted(f"skill {number}" for number in range(900))
    assert sum(shares[:450]) > sum(shares[450:])
