"""What figures count and what that means: parts, tolls, sums, and numbers that lean on another; one invented sentence a row."""

import pytest

from analysis.corpus import article_from_text
from analysis.figures import find_figures
from tests.test_figures import brief


@pytest.fixture(scope="module")
def read(pipeline):
    def figures_of(text):
        return find_figures(article_from_text("invented", text), pipeline(text), [])

    return figures_of


@pytest.mark.parametrize(
    "text",
    [
        "At least 28 people were killed, including nine children.",
        "The raid killed 28 people, nine of them children.",
        "The raid killed 28 people, among them nine children.",
        "The raid killed 28 people, of whom nine were children.",
        "The raid killed 28 people. Of the dead, nine were children.",
    ],
)
def test_a_part_points_to_its_whole_and_takes_its_measure(read, text):
    whole, part = read(text)
    assert (part.value, part.part_of, part.measure) == (9, 0, "killed")
    assert whole.part_of is None


def test_millions_of_a_currency_are_no_metres(read):
    assert [brief(figure) for figure in read("The gap lies between 18m and 22m marks.")] == ["range 1.8e+07..2.2e+07 mark"]
    assert [brief(figure) for figure in read("The town paid 41m crowns for a pool and 34m track.")] == ["= 4.1e+07 crown", "= 34 m"]
    assert [brief(figure) for figure in read("The wall is 34m-high.")] == ["= 34 m"]


TOLLS = [
    ("Mine Toll Rises to 16", [("people", "killed")]),
    ("Avalanche toll lowered to 17 after a recount", [("people", "killed")]),
    ("Officials put the death toll at no fewer than 40.", [("people", "killed")]),
    ("The clinic put the number of people injured at 40.", [("people", "injured")]),
    ("The guild puts the number of dead at nine.", [("people", "killed")]),
    ("The count of the injured stands at 31.", [("people", "injured")]),
    ("The number of arrests rose to 60.", [("people", "arrested")]),
    ("A man died, taking the number of people killed to ten.", [("people", "killed")]),
    ("The bridge toll was raised to 5 crowns.", [("crown", None)]),
    ("The number of the hall is 14.", [("", None)]),
]
HAPPENINGS = [
    ("Police reported 96 arrests and 12 injuries.", [("people", "arrested"), ("people", "injured")]),
    ("There were 27 deaths and three fatalities.", [("people", "killed"), ("people", "killed")]),
    ("The storm left three dead and five missing.", [("people", "killed"), ("people", "missing")]),
    ("Two bodies regulate the trade.", [("body", None)]),
]
CROWDS = [
    ("Some 200 men took part in the hunt.", [("man", "taking part")]),
    ("Police said 12,000 people joined the march.", [("people", "taking part")]),
    ("Two protesters told reporters of the night.", [("protester", None)]),
    ("Three clerks carried flags.", [("clerk", None)]),
    ("Around 450 people had been on the ferry.", [("people", "aboard")]),
    ("The list showed that 31 passengers had been aboard.", [("passenger", "aboard")]),
    ("Nine hostages were freed.", [("hostage", "released")]),
    ("The rebels captured nine.", [("people", "captured")]),
    ("Five people were still in critical condition.", [("people", "critically injured")]),
    ("Twenty people were taken to hospital.", [("people", "hospitalised")]),
    ("Some 300 teachers walked out.", [("teacher", "on strike")]),
    ("The mill will lay off 30 clerks and cut 40 jobs.", [("clerk", "laid off"), ("job", "jobs cut")]),
    ("The flood left 3,000 people homeless.", [("people", "homeless")]),
]
THINGS = [
    ("Some 40 barns were unfit to live in.", [("barn", "destroyed")]),
    ("Seven shops were looted and four cars set on fire.", [("shop", "looted"), ("car", "burned")]),
    ("Some 4,000 homes were without electricity.", [("home", "without power")]),
    ("The shop sold 40 shirts.", [("shirt", None)]),
]
SUMS = [
    ("They set up a fund of 5 million talers for widows.", [("taler", "aid")]),
    ("Its debts stood at $40 million.", [("dollar", "debt")]),
    ("The court fined the mill 40,000 euros.", [("euro", "fine")]),
    ("The widow will receive 50,000 dinars.", [("dinar", None)]),
    ("She scored 85 marks.", [("mark", None)]),
    ("The plan will cost 3 million jobs.", [("job", "jobs cut")]),
]
SOME_OF = [
    ("The injured include four teachers.", [("teacher", "injured")]),
    ("Four teachers were among those hurt.", [("teacher", "injured")]),
    ("Four teachers were among the guests.", [("teacher", None)]),
    ("The blast injured 40, eight critically.", [("people", "injured"), ("people", "injured")]),
    ("Six of the nurses were late.", [("nurse", None)]),
]
WHO_DID_WHAT = [
    ("The wind felled 40 trees and nine people were hurt.", [("tree", None), ("people", "injured")]),
    ("Divers found 31 bodies and 40 people are still missing.", [("body", "killed"), ("people", "missing")]),
    ("Doctors reported 340 cases of cholera and 12 deaths.", [("case", "infected"), ("people", "killed")]),
    ("The judge heard 340 cases.", [("case", None)]),
    ("About 4,000 homes lost power.", [("home", "without power")]),
    ("The bureau has seen 42 homes lost.", [("home", "destroyed")]),
    ("Police took 14 people into custody.", [("people", "arrested")]),
    ("Eight people suffered serious injuries.", [("people", "injured")]),
    ("The plan puts 1,200 jobs at risk.", [("job", "jobs at risk")]),
    ("Some 900 villagers fled their homes.", [("villager", "displaced")]),
    ("About 900 people have left the town.", [("people", "displaced")]),
    ("About 900 people have left the hall.", [("people", None)]),
    ("Three gunmen left 12 people dead.", [("gunman", None), ("people", "killed")]),
    ("Between 12 and 15 people were unaccounted for.", [("people", "missing")]),
    ("The brigade led 180 people out.", [("people", None)]),
    ("It said 180 people had been led out of the mill.", [("people", "displaced")]),
    ("The clinic treated 52 marchers for injuries.", [("marcher", "injured")]),
    ("Some 600 nurses joined the walkout.", [("nurse", "on strike")]),
    ("Some 600 nurses joined the choir.", [("nurse", None)]),
    ("Twelve people are still in custody and seven have been charged.", [("people", "in custody"), ("people", "charged")]),
    ("Two held after blaze at mill", [("people", "arrested")]),
    ("Five held a vigil at the gate.", [("", None)]),
    ("The hall held 400 people.", [("people", None)]),
    ("Police arrest four after raid", [("people", "arrested")]),
    ("Rebels kill 5 injure 50 in Dorn", [("people", "killed"), ("people", "injured")]),
    ("Police plan to arrest four.", [("", None)]),
    ("The firm says 90 jobs would go.", [("job", "jobs cut")]),
    ("Twelve barges were waiting off the lock.", [("barge", "waiting")]),
    ("Twelve men were waiting at the gate.", [("man", None)]),
    ("The crash killed nine people. The road toll rose to 12.", [("people", "killed"), ("people", "killed")]),
]
MORE_SUMS = [
    ("The loss is large. The guild reckons that it lies between 18m and 22m marks.", [("mark", None)]),
    ("Town finds 34m-crown hole in its books", [("crown", "deficit")]),
    ("At least 50 million crowns was missing from the books.", [("crown", "deficit")]),
    ("The mill reported a shortfall of 5m crowns.", [("crown", "deficit")]),
    ("The shares fell, wiping 1.2bn crowns off its value.", [("crown", "loss")]),
    ("The state will spend 9m marks on horses.", [("mark", None)]),
    ("Each clerk will receive a single payment of 700 crowns.", [("crown", "compensation")]),
    ("The town will pay 700 crowns to its clerk.", [("crown", None)]),
    ("The wall is 34m long and the ditch runs on from 20m.", [("m", None), ("m", None)]),
]
TAKEN_OVER = [
    ("The town has a fleet of 30 ships, a staff of 60.", [("ship", None), ("", None)]),
    ("The shop sold 40 shirts and returned 12.", [("shirt", None), ("", None)]),
    ("The raid killed two soldiers and wounded 40.", [("soldier", "killed"), ("people", "injured")]),
    ("The mayor cut the death toll to 19, from 23, on Monday.", [("people", "killed"), ("people", "killed")]),
    ("Nine men were killed, the guild of 60 said.", [("man", "killed"), ("", None)]),
    ("The raid killed nine miners and wounded four others.", [("miner", "killed"), ("people", "injured")]),
    ("Nine miners were killed and police arrested 12.", [("miner", "killed"), ("people", "arrested")]),
    ("The mayor said 46 shops had been damaged. The guild gave the same number, 60.", [("shop", "damaged"), ("", None)]),
]


MORE_WORDINGS = [
    ("The ministry said nine villages had been retaken.", [("village", "captured")]),
    ("Some 40 rebels surrendered, the army said.", [("rebel", "captured")]),
    ("The general has 5,000 soldiers under his command.", [("soldier", None)]),
    ("Twenty pilgrims were crushed to death in the stampede.", [("pilgrim", "killed")]),
    ("Rescuers bring 16 men out of mine alive", [("man", "rescued")]),
    ("Nine people were pulled from the rubble alive.", [("people", "rescued")]),
    ("Twelve climbers were winched to safety.", [("climber", "rescued")]),
    ("The judge decided 420 cases last year.", [("case", None)]),
    ("Some 800 patients have been discharged from hospital.", [("patient", "recovered")]),
    ("Some 300 people have been quarantined.", [("people", "quarantined")]),
    ("Soldiers have sealed six wells.", [("well", "closed")]),
    ("All 64 branches of the bank stayed shut.", [("branch", "closed")]),
    ("Some 85,000 people have deposits at the bank.", [("people", "depositors")]),
    ("Customers withdrew 300 million talers in a week.", [("taler", "withdrawals")]),
    ("The bank held 4 billion talers in deposits.", [("taler", "deposits")]),
    ("The government put up a guarantee of 3 billion talers.", [("taler", "guarantee")]),
    ("The bank raised its estimate of the money missing from Lisle to 1.6 billion talers.", [("taler", "deficit")]),
    ("Creditors have filed claims of 40 million talers.", [("taler", "claims")]),
    ("Some 80,000 customers were in the dark.", [("customer", "without power")]),
    ("The rebels knocked out seven tanks.", [("tank", "destroyed")]),
    ("The town has 40,000 people.", [("people", None)]),
    ("The firm built 80 houses.", [("house", None)]),
    ("Nine villagers were gunned down.", [("villager", "killed")]),
    ("The flood's death count rose to 14.", [("people", "killed")]),
    ("Fatalities now total 14.", [("people", "killed")]),
    ("Sixty people needed hospital treatment.", [("people", "hospitalised")]),
    ("Sixty people were placed under arrest.", [("people", "arrested")]),
    ("Fourteen men were found guilty.", [("man", "convicted")]),
    ("As many as 30,000 people poured into the streets.", [("people", "taking part")]),
    ("The merger will result in the loss of 300 jobs.", [("job", "jobs cut")]),
    ("The hospital has 90 beds.", [("bed", None)]),
    ("Three hundred houses lost their roofs.", [("house", "damaged")]),
    ("The state will pump 700 million crowns into the bank.", [("crown", "rescue")]),
    ("Creditors are claiming 7 million crowns.", [("crown", "claims")]),
    ("Crews fought 14 fires.", [("fire", None)]),
    ("The school teaches 400 children.", [("child", None)]),
    ("The street has 14 shops.", [("shop", None)]),
    ("The hotel can take 90 guests.", [("guest", None)]),
]


@pytest.mark.parametrize(("text", "expected"), TOLLS + HAPPENINGS + CROWDS + THINGS + SUMS + MORE_SUMS + SOME_OF + WHO_DID_WHAT + TAKEN_OVER + MORE_WORDINGS)
def test_unit_and_measure(read, text, expected):
    assert [(figure.unit, figure.measure) for figure in read(text)] == expected


def test_each_verb_decides_for_its_own_number(read):
    assert [row.measure for row in read("Four people died while over 50 were injured in the attack.")] == ["killed", "injured"]
