//! Whatever the screens of people ask of the vault, heard as they ask it: each statement goes by an index.

use super::undoing::{captured, shown};
use super::*;
use crate::storage::finding::{Consent, Direction, Filter, Order, Sort, TextIs};
use crate::storage::plans::{asked_during, faults_of_all};

/// A stall where everything has happened to somebody that a page tells of.
fn a_day() -> (Stall, [Uuid; 3]) {
    let stall = Stall::new();
    stall.campaign.start_shift("Sam", "Brixton tube").unwrap();
    let people = ["Amina", "Aminah", "Rhys"].map(|name| {
        let last = name.len();
        captured(&stall, name, &format!("07700 90010{last}"), true)
    });
    let [amina, again, rhys] = people;
    let corrected = Typed {
        email: "rhys@example.org".to_owned(),
        ..person("Rhys", "07700 900104", true)
    };
    let shown = shown(&stall, rhys);
    stall
        .campaign
        .correct(rhys, &shown, &corrected, None, None)
        .unwrap();
    stall.campaign.merge(amina, again, &[]).unwrap();
    stall.campaign.undo().unwrap();
    stall.campaign.not_the_same(amina, rhys).unwrap();
    stall
        .campaign
        .arrives("+447700900104", "who is this?")
        .unwrap();
    stall.campaign.merge(amina, again, &[]).unwrap();
    (stall, people)
}

fn questions(stall: &Stall) -> Vec<Question> {
    let shift = stall.campaign.filter_choices().unwrap().shifts[0].id;
    let is = Filter::default;
    let filters = [
        is(),
        Filter {
            consent: Some(Consent::Agrees),
            ..is()
        },
        Filter {
            text: Some(TextIs::Waiting),
            household: Some(false),
            ..is()
        },
        Filter {
            shift: Some(shift),
            opted_out: Some(false),
            ..is()
        },
        Filter {
            needs_correcting: Some(true),
            ..is()
        },
    ];
    let mut all = Vec::new();
    for filter in filters {
        for search in ["", "am", "900", "+4477", "amina 900", "amima"] {
            for by in Sort::ALL {
                for direction in [Direction::Ascending, Direction::Descending] {
                    all.push(Question {
                        search: search.to_owned(),
                        filter: filter.clone(),
                        sort: Order { by, direction },
                    });
                }
            }
        }
    }
    all
}

#[test]
fn people_a_person_and_duplicates_ask_by_indexes_alone() {
    let (stall, people) = a_day();
    let campaign = &stall.campaign;
    let questions = questions(&stall);
    let heard = asked_during(&campaign.storage, || {
        for question in &questions {
            for offset in [0, 1, 2] {
                campaign.people(question, offset, 1).unwrap();
            }
            campaign.count_people(question).unwrap();
            for id in people {
                campaign.place_of(question, id).unwrap();
            }
        }
        campaign.filter_choices().unwrap();
        campaign.saved_filters().unwrap();
        campaign.duplicates(0, 50).unwrap();
        campaign.undoable().unwrap();
        for id in people {
            campaign.person(id).unwrap();
        }
        campaign.everything_held(people[0]).unwrap();
    });
    assert!(heard.len() > 100, "{}", heard.len());
    for told in ["FROM changes", "FROM merges", "FROM acts"] {
        assert!(heard.iter().any(|sql| sql.contains(told)), "{told}");
    }
    let faults = faults_of_all(&campaign.storage, &heard);
    assert_eq!(faults, Vec::<String>::new());
}

#[test]
fn what_is_done_to_one_person_asks_by_indexes_alone() {
    let (stall, [amina, again, rhys]) = a_day();
    let campaign = &stall.campaign;
    campaign.undo().unwrap();
    let heard = asked_during(&campaign.storage, || {
        let form = Typed {
            email: "wei@example.org".to_owned(),
            postcode: "SW9 8JX".to_owned(),
            ..person("Wei", "07700 900104", true)
        };
        row(stall.save(&form, Some(Choice::SharesPhone(rhys))));
        let typed = person("Rhys", "07700 900109", true);
        let shown = shown(&stall, rhys);
        let home = Some(Home {
            shown: campaign.person(rhys).unwrap().home,
            with: LivesWith::Somebody(amina),
        });
        campaign.correct(rhys, &shown, &typed, None, home).unwrap();
        campaign.undo().unwrap();
        campaign.redo().unwrap();
        campaign.merge(again, amina, &[]).unwrap();
        campaign.undo().unwrap();
        campaign.withdraw(rhys, TEXTS).unwrap();
        campaign
            .save_filter("All", &Question::default(), true)
            .unwrap();
    });
    let faults = faults_of_all(&campaign.storage, &heard);
    assert_eq!(faults, Vec::<String>::new());
}

#[test]
fn what_is_set_asks_by_indexes_alone() {
    let (stall, _) = a_day();
    let campaign = &stall.campaign;
    let zofia = captured(&stall, "Zofia", "07700 900107", true);
    let mut heard = asked_during(&campaign.storage, || {
        let words = "May Clean Air Now text you? Say STOP at any time.";
        campaign.save_wording(TEXTS, "en", words).unwrap();
        let body = "{campaign}: {first_name}, reply YES or STOP";
        campaign
            .save_template(Kind::Confirmation, "en", body)
            .unwrap();
        campaign.add_language("fr", "Français", false).unwrap();
        let calls = crate::consent::Channel::Calls;
        campaign.add_purpose(calls, "volunteering").unwrap();
        let rules = crate::consent::Rules {
            kept_for: Some(12),
            ..campaign.rules().unwrap()
        };
        campaign.save_rules(&rules).unwrap();
        let waiting = campaign.texts(Group::Waiting, 0, 10).unwrap().rows;
        let hers = waiting.iter().find(|row| row.name == "Zofia").unwrap();
        campaign.cancel_text(hers.id).unwrap();
        for _ in 0..6 {
            campaign.undoable().unwrap();
            campaign.undo().unwrap();
        }
        for _ in 0..6 {
            campaign.redo().unwrap();
        }
        campaign.settings_changed().unwrap();
    });
    assert_eq!(campaign.person(zofia).unwrap().agrees_to.len(), 1);
    // Of a version that is new SQLite names where others might point at it, and looks there only once something is amiss.
    heard.retain(|sql| {
        !["INSERT INTO wordings", "INSERT INTO templates"]
            .iter()
            .any(|new| sql.starts_with(new))
    });
    assert!(heard.iter().any(|sql| sql.contains("FROM setting_changes")));
    let faults = faults_of_all(&campaign.storage, &heard);
    assert_eq!(faults, Vec::<String>::new());
}
