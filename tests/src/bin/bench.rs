//! Measures what only Placard's own code can tell, and prints a row for each promise: what was
//! measured, what was found, what is promised, and "yes" or "no", with tabs between.
//!
//! Named parts are measured alone: `bench records importing`.

use std::path::Path;

use placard_core::campaign::{NewCampaign, Opened, create, unlock};
use placard_tests::campaign::{CAMPAIGN, ORGANISER, PASSPHRASE};
use placard_tests::journey::Journey;
use placard_tests::laptop::Laptop;
use placard_tests::measuring::{
    MILLION, Row, committing, exporting, importing, opening, pairing, saving, searching, sending,
    typing,
};
use placard_tests::waiting::OrStop;
use tokio::runtime::{Builder, Runtime};

/// What is measured together: its name, and how.
type Part = (&'static str, fn(&Runtime));

const PARTS: [Part; 4] = [
    ("capturing", capturing),
    ("records", records),
    ("sending", |_| {
        print(sending::rows(
            &with_campaign().data(),
            &with_campaign().data(),
        ));
    }),
    ("importing", |_| {
        print(importing::rows(
            &with_campaign().data(),
            &with_campaign().data(),
        ));
    }),
];

fn main() {
    let wanted: Vec<String> = std::env::args().skip(1).collect();
    for name in &wanted {
        assert!(
            PARTS.iter().any(|(part, _)| part == name),
            "there is no part {name}"
        );
    }
    let runtime = Builder::new_current_thread().enable_all().build();
    let runtime = runtime.or_stop("making a runtime");
    for (name, measure) in PARTS {
        if wanted.is_empty() || wanted.iter().any(|part| part == name) {
            measure(&runtime);
        }
    }
}

fn print(rows: impl IntoIterator<Item = Row>) {
    for row in rows {
        println!("{row}");
    }
}

/// A laptop with a campaign, and nobody in it yet.
fn with_campaign() -> Laptop {
    let laptop = Laptop::new();
    begin(&laptop.data());
    laptop
}

/// Sets up a campaign in a data folder.
fn begin(data: &Path) {
    let new = NewCampaign {
        name: CAMPAIGN,
        organiser: ORGANISER,
        country: "GB",
        passphrase: &PASSPHRASE.into(),
    };
    let made = create(data, &new, chrono::Utc::now()).or_stop("setting up a campaign");
    made.finish().or_stop("setting up a campaign");
}

/// The vault of a closed campaign.
fn open(data: &Path) -> Opened {
    unlock(data, &PASSPHRASE.into()).or_stop("opening the vault")
}

fn capturing(runtime: &Runtime) {
    let fill = |data: &Path| {
        let filled = open(data).fill(saving::PEOPLE, chrono::Utc::now());
        filled.or_stop("filling the vault");
    };
    let town = with_campaign();
    fill(&town.data());
    let committing = committing::row(&town.data());
    print([committing.row]);
    print([runtime.block_on(saving::row(fill, committing.slow))]);
}

fn records(runtime: &Runtime) {
    let day = runtime.block_on(Journey::begin("A million people"));
    let data = day.laptop.data();
    begin(&data);
    let filled = open(&data).fill_town(MILLION, chrono::Utc::now());
    filled.or_stop("filling the vault");
    print(searching::rows(&data));
    print(opening::rows(&data));
    print([exporting::row(&data)]);
    print([pairing::row(&data)]);
    print([runtime.block_on(typing::row(&day))]);
}
