//! An open campaign from outside, as the shell calls it: people captured, changed and taken back, and what
//! that means for their one text.

mod bringing_in;
mod capturing;
mod duplicates;
mod exporting;
mod finding;
mod handing;
mod households;
mod languages;
#[cfg(feature = "measuring")]
mod measuring;
mod merging;
mod plans;
mod purposes;
mod pushing;
mod releasing;
mod undoing;

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::Utc;
use secrecy::SecretString;
use tempfile::TempDir;
use tokio::runtime::Runtime;

use super::*;
use crate::Code;
use crate::clock::SystemClock;
use crate::consent::TEXTS;
use crate::gateways::{Form, Kind as GatewayKind};
use crate::storage::finding::Question;
use crate::storage::supporters;
use crate::storage::texts as stored;
use crate::storage::texts::Group;
use crate::texts::life::Kind;
use crate::texts::life::{Move, Reason, State, Trouble};

const PASSPHRASE: &str = "kettle marble orbit thursday";

/// A stall with a campaign and no gateway that could be reached.
struct Stall {
    folder: TempDir,
    runtime: Runtime,
    campaign: Campaign,
}

impl Stall {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let passphrase = SecretString::from(PASSPHRASE);
        let new = NewCampaign {
            name: "Clean Air Now",
            organiser: "Sam",
            country: "GB",
            passphrase: &passphrase,
        };
        let opened = create(folder.path(), &new, Utc::now())
            .unwrap()
            .finish()
            .unwrap();
        Self::opened(folder, opened)
    }

    /// The same campaign, closed and opened again.
    fn reopened(self) -> Self {
        let Self {
            folder, campaign, ..
        } = self;
        drop(campaign);
        let opened = unlock(folder.path(), &SecretString::from(PASSPHRASE)).unwrap();
        Self::opened(folder, opened)
    }

    fn opened(folder: TempDir, opened: Opened) -> Self {
        let stall = Self::at_work(folder, opened);
        // The practice gateway would take every text at once.
        stall.runtime.block_on(stall.campaign.close());
        stall
    }

    fn at_work(folder: TempDir, opened: Opened) -> Self {
        let runtime = Runtime::new().unwrap();
        let campaign = Campaign::start(
            opened,
            runtime.handle(),
            Arc::new(SystemClock),
            Events::default(),
        );
        Self {
            folder,
            runtime,
            campaign: campaign.unwrap(),
        }
    }

    fn form(&self) -> Start {
        self.campaign.start_capture().unwrap()
    }

    fn save(&self, form: &Typed, choice: Option<Choice>) -> Outcome {
        let id = self.form().capture_id;
        self.campaign.save_capture(id, form, choice).unwrap()
    }

    /// Every text: its person, its state and its words.
    fn texts(&self) -> Vec<(String, State, String)> {
        let mut all = Vec::new();
        for group in [Group::NeedsYou, Group::Going, Group::Waiting, Group::Done] {
            let page = self.campaign.texts(group, 0, 100).unwrap();
            all.extend(
                page.rows
                    .into_iter()
                    .map(|row| (row.name, row.state, row.body)),
            );
        }
        all.sort_by(|one: &(String, State, String), other| one.0.cmp(&other.0));
        all
    }

    fn states(&self) -> Vec<(String, State)> {
        let texts = self.texts().into_iter();
        texts.map(|(name, state, _)| (name, state)).collect()
    }

    fn people(&self) -> Vec<String> {
        let people = self
            .campaign
            .people(&Question::default(), 0, 100)
            .unwrap()
            .rows;
        people.into_iter().map(|person| person.name).collect()
    }

    /// The text that waits.
    fn waiting(&self) -> Uuid {
        self.campaign.texts(Group::Waiting, 0, 1).unwrap().rows[0].id
    }
}

/// A yes to texts; nothing where they were not asked.
fn answers(agrees: bool) -> BTreeMap<String, bool> {
    agrees
        .then(|| (TEXTS.to_owned(), true))
        .into_iter()
        .collect()
}

fn person(first: &str, mobile: &str, agrees: bool) -> Typed {
    Typed {
        first_name: first.to_owned(),
        mobile: mobile.to_owned(),
        language: "en".to_owned(),
        answers: answers(agrees),
        ..Typed::default()
    }
}

fn row(outcome: Outcome) -> SavedRow {
    match outcome {
        Outcome::Saved { row, .. } => row,
        other => panic!("not saved: {other:?}"),
    }
}

fn same(outcome: Outcome) -> Uuid {
    match outcome {
        Outcome::SameMobile(same) => same[0].id,
        other => panic!("nobody has it: {other:?}"),
    }
}

fn named(name: &str, state: State) -> (String, State) {
    (name.to_owned(), state)
}

#[test]
fn texts_that_only_the_drawn_phone_had_go_through_the_first_real_gateway() {
    let stall = Stall::new();
    stall.save(&person("Amina", "07700 900101", true), None);
    let text = stall.waiting();
    let route = stored::Route {
        kind: GatewayKind::Practice,
        account: String::new(),
    };
    let now = Utc::now();
    let practised = stall.campaign.storage.write(|conn| {
        stored::claim(conn, text, &route, now)?;
        stored::apply(
            conn,
            text,
            &Move::to(State::Delivered, Reason::OnThePhone),
            now,
        )
    });
    practised.unwrap();
    let mut form = stall.campaign.gateway_form().unwrap();
    form.kind = GatewayKind::Kannel;
    form.kannel.user_name = "stall".to_owned();
    form.kannel.password = "secret".to_owned().into();
    form.kannel.sender = "447700900999".to_owned();
    let GatewaySaved::Saved { sentence, .. } = stall.campaign.save_gateway(&form).unwrap() else {
        panic!("the form is right");
    };
    assert!(
        sentence.ends_with("One text that only the drawn phone had goes now."),
        "{sentence}"
    );
    assert_eq!(stall.states(), [named("Amina", State::Waiting)]);
}

#[test]
fn a_half_filled_form_is_kept_until_it_is_saved() {
    let stall = Stall::new();
    let start = stall.form();
    let form = person("Amina", "0770", false);
    stall.campaign.save_draft(start.capture_id, &form).unwrap();
    let back = stall.form();
    assert!(back.restored);
    assert_eq!((back.capture_id, back.form), (start.capture_id, form));
    let whole = person("Amina", "07700 900101", false);
    stall
        .campaign
        .save_capture(start.capture_id, &whole, None)
        .unwrap();
    // A draft that was on its way when the form was saved comes too late.
    stall.campaign.save_draft(start.capture_id, &whole).unwrap();
    assert!(!stall.form().restored);
    assert_eq!(stall.people(), ["Amina"]);
}

#[test]
fn a_slip_in_the_confirmation_is_mended_in_what_waits() {
    let stall = Stall::new();
    stall.campaign.start_shift("Sam", "Brixton tube").unwrap();
    stall.save(&person("Amina", "07700 900101", true), None);
    let refused = stall
        .campaign
        .save_template(Kind::Confirmation, "en", "Hello {first_name}");
    assert_eq!(refused.err().map(|error| error.code()), Some(Code::Invalid));
    let body = "{campaign}: {first_name}, {canvasser} here. Reply YES or STOP";
    let saved = stall
        .campaign
        .save_template(Kind::Confirmation, "en", body)
        .unwrap();
    assert_eq!(saved.judged.written.version, 2);
    assert_eq!(
        stall.texts()[0].2,
        "Clean Air Now: Amina, Sam here. Reply YES or STOP"
    );
}

#[test]
fn a_wording_has_to_name_the_campaign_and_the_way_out() {
    let stall = Stall::new();
    let refused = stall.campaign.save_wording(TEXTS, "en", "May we text you?");
    assert_eq!(refused.unwrap_err().code(), Code::Invalid);
    let saved = stall.campaign.save_wording(
        TEXTS,
        "en",
        "May Clean Air Now text you? Say STOP at any time.",
    );
    assert_eq!(saved.unwrap().written.version, 2);
    let asks = stall.form().asks;
    let english = asks[0]
        .wordings
        .iter()
        .find(|wording| wording.language == "en");
    assert!(english.unwrap().body.starts_with("May Clean Air Now text"));
}

#[test]
fn a_shift_needs_a_name_and_is_proposed_next_time() {
    let stall = Stall::new();
    assert_eq!(
        stall
            .campaign
            .start_shift(" ", "Brixton")
            .unwrap_err()
            .code(),
        Code::Invalid
    );
    assert_eq!(stall.campaign.shift(), None);
    stall.save(&person("Amina", "", false), None);
    assert_eq!(stall.campaign.shift(), None, "nobody said who canvasses");
    stall.campaign.start_shift("Sam", "Brixton tube").unwrap();
    let suggested = stall.campaign.suggested_shift().unwrap().unwrap();
    assert_eq!(
        (suggested.canvasser.as_str(), suggested.place.as_str()),
        ("Sam", "Brixton tube")
    );
}

#[test]
fn a_practice_campaign_keeps_to_the_practice_gateway() {
    let folder = tempfile::tempdir().unwrap();
    let runtime = Runtime::new().unwrap();
    let campaign = Campaign::start(
        practice(folder.path(), Utc::now()).unwrap(),
        runtime.handle(),
        Arc::new(SystemClock),
        Events::default(),
    )
    .unwrap();
    let form = Form::of(GatewayKind::Kannel, &[]);
    let refused = campaign.save_gateway(&form).unwrap_err();
    assert_eq!(refused.code(), Code::PracticeOnly);
    let outcome = runtime.block_on(campaign.send_test_text("")).unwrap();
    assert!(outcome.ok, "{}", outcome.sentence);
    assert_eq!(campaign.phone_texts().unwrap().len(), 1);
}
