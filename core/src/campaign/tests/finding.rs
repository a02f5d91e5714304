//! Finding people: what is typed finds whom it means, filters and orders hold, and the index says what the records say.

mod digits;
mod kept_true;
mod put_right;
mod saved;

use chrono::{Days, Local};

use super::*;
use crate::storage::finding::{Consent, Direction, Filter, Order, Sort, TextIs};

const FIRST: [&str; 4] = ["Amina", "Ámina", "Rhys", "Łucja"];

fn asking(search: &str) -> Question {
    Question {
        search: search.to_owned(),
        ..Question::default()
    }
}

fn filtered(filter: Filter) -> Question {
    Question {
        filter,
        ..Question::default()
    }
}

impl Stall {
    fn found(&self, question: &Question) -> Vec<String> {
        let page = self.campaign.people(question, 0, 500).unwrap();
        let names: Vec<String> = page.rows.iter().map(|row| row.name.clone()).collect();
        let ids: Vec<Uuid> = page.rows.iter().map(|row| row.id).collect();
        assert_eq!(page.total as usize, names.len());
        assert_eq!(self.campaign.count_people(question).unwrap(), page.total);
        assert_eq!(self.campaign.everybody(question).unwrap(), ids);
        for (place, id) in (0..).zip(&ids) {
            let said = self.campaign.place_of(question, *id).unwrap();
            assert_eq!(said, Some(place), "the place in the list");
        }
        names
    }

    fn finds(&self, search: &str) -> Vec<String> {
        self.found(&asking(search))
    }

    fn waiting_for(&self, name: &str) -> Uuid {
        let waits = self.campaign.texts(Group::Waiting, 0, 100).unwrap().rows;
        waits.into_iter().find(|text| text.name == name).unwrap().id
    }

    fn capture(
        &self,
        first: &str,
        last: &str,
        mobile: &str,
        change: impl FnOnce(&mut Typed),
    ) -> Uuid {
        let mut form = Typed {
            last_name: last.to_owned(),
            ..person(first, mobile, true)
        };
        change(&mut form);
        row(self.save(&form, Some(Choice::Anyway)));
        let page = self.campaign.people(&Question::default(), 0, 1).unwrap();
        page.rows[0].id
    }
}

fn town() -> Stall {
    let stall = Stall::new();
    stall.capture("Siân", "Pugh", "07700 900101", |form| {
        form.postcode = "CF10 1AA".to_owned();
    });
    stall.capture("Łukasz", "Wójcik", "07700 900102", |form| {
        form.email = "luk.w@example.org".to_owned();
        form.language = "pl".to_owned();
    });
    stall.capture("Amina", "Khan", "07700 900123", |form| {
        form.postcode = "SW9 8JX".to_owned();
    });
    stall.capture("Søren", "O’Brien", "", |form| {
        form.answers = BTreeMap::new()
    });
    stall
}

#[test]
fn what_is_typed_finds_whom_it_means() {
    let stall = town();
    for (typed, found) in [
        ("sian", vec!["Siân Pugh"]),
        ("SIÂN", vec!["Siân Pugh"]),
        ("lukasz wojcik", vec!["Łukasz Wójcik"]),
        ("wojcik luk", vec!["Łukasz Wójcik"]),
        ("kha ami", vec!["Amina Khan"]),
        ("soren obrien", vec!["Søren O’Brien"]),
        ("o'b", vec!["Søren O’Brien"]),
        ("0123", vec!["Amina Khan"]),
        ("900 12", vec!["Amina Khan"]),
        (
            "07700 900 1",
            vec!["Amina Khan", "Łukasz Wójcik", "Siân Pugh"],
        ),
        ("+44 7700 900102", vec!["Łukasz Wójcik"]),
        ("+44 (0)7700 900102", vec!["Łukasz Wójcik"]),
        ("amina 0101", vec![]),
        ("luk.w@example", vec!["Łukasz Wójcik"]),
        ("sw98", vec!["Amina Khan"]),
        ("SW9 8J", vec!["Amina Khan"]),
        ("s", vec!["Søren O’Brien", "Amina Khan", "Siân Pugh"]),
        ("kahn", vec!["Amina Khan"]),
        ("wojick", vec!["Łukasz Wójcik"]),
        ("amima khan", vec!["Amina Khan"]),
        ("zoren", vec!["Søren O’Brien"]),
        ("pug", vec!["Siân Pugh"]),
        ("xyz", vec![]),
        ("\" XOR *", vec![]),
        (
            "",
            vec!["Søren O’Brien", "Amina Khan", "Łukasz Wójcik", "Siân Pugh"],
        ),
    ] {
        assert_eq!(stall.finds(typed), found, "{typed}");
    }
    let near = |typed| {
        let page = stall.campaign.people(&asking(typed), 0, 10).unwrap();
        page.near
    };
    assert!(near("kahn") && !near("khan"));
}

#[test]
fn a_filter_leaves_out_whom_it_says() {
    let stall = town();
    let sian = stall.campaign.everybody(&asking("sian")).unwrap()[0];
    stall.campaign.opt_out("+447700900101").unwrap();
    stall.campaign.withdraw(sian, TEXTS).unwrap();
    let today = Local::now().date_naive();
    let tomorrow = today.checked_add_days(Days::new(1));
    let shift = stall.campaign.filter_choices().unwrap().shifts[0].id;
    let three = ["Amina Khan", "Łukasz Wójcik", "Siân Pugh"];
    let all = vec!["Søren O’Brien", "Amina Khan", "Łukasz Wójcik", "Siân Pugh"];
    let is = Filter::default;
    for (filter, found) in [
        (
            Filter {
                consent: Some(Consent::Agrees),
                ..is()
            },
            three[..2].to_vec(),
        ),
        (
            Filter {
                consent: Some(Consent::Refused),
                ..is()
            },
            vec!["Siân Pugh"],
        ),
        (
            Filter {
                consent: Some(Consent::NotAsked),
                ..is()
            },
            all[..1].to_vec(),
        ),
        (
            Filter {
                consent: Some(Consent::Confirmed),
                ..is()
            },
            vec![],
        ),
        (
            Filter {
                text: Some(TextIs::None),
                ..is()
            },
            all[..1].to_vec(),
        ),
        (
            Filter {
                text: Some(TextIs::Waiting),
                ..is()
            },
            three[..2].to_vec(),
        ),
        (
            Filter {
                text: Some(TextIs::NotSent),
                ..is()
            },
            vec!["Siân Pugh"],
        ),
        (
            Filter {
                language: Some("pl".to_owned()),
                ..is()
            },
            vec!["Łukasz Wójcik"],
        ),
        (
            Filter {
                opted_out: Some(true),
                ..is()
            },
            vec!["Siân Pugh"],
        ),
        (
            Filter {
                opted_out: Some(false),
                ..is()
            },
            all[..3].to_vec(),
        ),
        (
            Filter {
                household: Some(true),
                ..is()
            },
            vec![],
        ),
        (
            Filter {
                household: Some(false),
                ..is()
            },
            all.clone(),
        ),
        (
            Filter {
                needs_correcting: Some(true),
                ..is()
            },
            vec![],
        ),
        (
            Filter {
                needs_correcting: Some(false),
                ..is()
            },
            all.clone(),
        ),
        (
            Filter {
                from: Some(today),
                to: Some(today),
                ..is()
            },
            all.clone(),
        ),
        (
            Filter {
                from: tomorrow,
                ..is()
            },
            vec![],
        ),
        (
            Filter {
                shift: Some(shift),
                ..is()
            },
            all.clone(),
        ),
        (
            Filter {
                canvasser: Some("Nobody".to_owned()),
                ..is()
            },
            vec![],
        ),
        (
            Filter {
                act: Some(Uuid::nil()),
                ..is()
            },
            vec![],
        ),
    ] {
        let shown = serde_json::to_string(&filter).unwrap();
        assert_eq!(stall.found(&filtered(filter.clone())), found, "{shown}");
        let both = Question {
            search: "s".to_owned(),
            ..filtered(filter)
        };
        let starts = |name: &&str| name.starts_with('S') || name.starts_with("Amina");
        let some: Vec<_> = found.into_iter().filter(starts).collect();
        assert_eq!(stall.found(&both), some, "s, {shown}");
    }
}

#[test]
fn whoever_was_merged_is_found_by_the_shifts_of_all_their_records() {
    let stall = Stall::new();
    let ids = ["Sam", "Olu", "Megan"].map(|canvasser| {
        stall.campaign.start_shift(canvasser, "").unwrap();
        stall.capture(&format!("By {canvasser}"), "", "", |_| {})
    });
    let [by_sam, by_olu, by_megan] = ids;
    let shifts = stall.campaign.filter_choices().unwrap().shifts;
    let at = |canvasser: &str| {
        let shift = shifts.iter().find(|shift| shift.canvasser == canvasser);
        let question = filtered(Filter {
            shift: Some(shift.unwrap().id),
            ..Filter::default()
        });
        let searched = Question {
            search: "by".to_owned(),
            ..question.clone()
        };
        let found = stall.found(&question);
        assert_eq!(stall.found(&searched), found);
        found
    };
    assert_eq!(at("Olu"), ["By Olu"]);
    stall.campaign.merge(by_sam, by_olu, &[]).unwrap();
    assert_eq!(at("Olu"), ["By Sam"]);
    // And on, where that one goes into a third.
    stall.campaign.merge(by_megan, by_sam, &[]).unwrap();
    for canvasser in ["Sam", "Olu", "Megan"] {
        assert_eq!(at(canvasser), ["By Megan"], "{canvasser}");
    }
    stall.campaign.undo().unwrap();
    assert_eq!(at("Olu"), ["By Sam"]);
    assert_eq!(at("Megan"), ["By Megan"]);
    stall.campaign.undo().unwrap();
    assert_eq!(at("Sam"), ["By Sam"]);
    assert_eq!(at("Olu"), ["By Olu"]);
}

#[test]
fn every_column_orders_both_ways() {
    let stall = town();
    let by = |by, direction| Question {
        sort: Order { by, direction },
        ..Question::default()
    };
    for (sort, first) in [
        (Sort::Name, "Amina Khan"),
        (Sort::FirstName, "Amina Khan"),
        (Sort::Mobile, "Siân Pugh"),
        (Sort::Email, "Łukasz Wójcik"),
        (Sort::Postcode, "Siân Pugh"),
        (Sort::Language, "Siân Pugh"),
        (Sort::Consent, "Søren O’Brien"),
        (Sort::Text, "Siân Pugh"),
        (Sort::CapturedAt, "Siân Pugh"),
        (Sort::UpdatedAt, "Siân Pugh"),
        (Sort::Canvasser, "Siân Pugh"),
        // Of everybody, most of whom need no correcting, it is the order in which they came.
        (Sort::ToPutRight, "Siân Pugh"),
    ] {
        let up = stall.found(&by(sort, Direction::Ascending));
        assert_eq!(up[0], first, "{sort:?}");
        let mut down = stall.found(&by(sort, Direction::Descending));
        down.reverse();
        assert_eq!(up, down, "{sort:?}");
        let searched = Question {
            search: "s".to_owned(),
            ..by(sort, Direction::Ascending)
        };
        let some: Vec<_> = up
            .into_iter()
            .filter(|name| !name.starts_with('Ł'))
            .collect();
        assert_eq!(stall.found(&searched), some, "{sort:?}");
    }
}

#[test]
fn a_long_list_has_every_page_where_it_belongs() {
    let stall = town();
    for first in FIRST {
        stall.capture(first, "Long", "", |_| {});
    }
    stall.campaign.undo().unwrap();
    for direction in [Direction::Ascending, Direction::Descending] {
        let question = Question {
            sort: Order {
                by: Sort::CapturedAt,
                direction,
            },
            ..Question::default()
        };
        let all = stall.found(&question);
        assert_eq!(all.len(), 7);
        for (offset, name) in (0..).zip(&all) {
            let page = stall.campaign.people(&question, offset, 2).unwrap();
            assert_eq!((page.total, page.more), (7, false));
            assert_eq!(&page.rows[0].name, name);
        }
        assert!(
            stall
                .campaign
                .people(&question, 7, 2)
                .unwrap()
                .rows
                .is_empty()
        );
    }
}
