//! Measures what only Placard's own code can tell, and prints a row for each promise: what was
//! measured, what was found, what is promised, and "yes" or "no", with tabs between.
//!
//! Named parts are measured alone: `bench records importing`.

use std::path::Path;

use placard_core::campaign::Opened;
use placard_tests::campaign::{self, Ready};
use placard_tests::journey::Journey;
use placard_tests::laptop::Laptop;
use placard_tests::measuring::{
    MILLION, Row, committing, exporting, importing, opening, pairing, saving, searching, sending,
    typing,
};
use placard_tests::waiting::OrStop;
use tokio::runtime::{Builder, Runtime};

/// What is measured together: its name, and how.
type Part = (&'static str, fn(&Runtime, &Ready));

const PARTS: [Part; 4] = [
    ("capturing", capturing),
    ("records", records),
    ("sending", |_, ready| {
        print(sending::rows(&laptop(ready).data(), &laptop(ready).data()));
    }),
    ("importing", |_, ready| {
        print(importing::rows(
            &laptop(ready).data(),
            &laptop(ready).data(),
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
    let ready = runtime.block_on(async {
        let day = Journey::begin("A campaign to measure in").await;
        campaign::ready(&day).await
    });
    for (name, measure) in PARTS {
        if wanted.is_empty() || wanted.iter().any(|part| part == name) {
            measure(&runtime, ready);
        }
    }
}

fn print(rows: impl IntoIterator<Item = Row>) {
    for row in rows {
        println!("{row}");
    }
}

/// A laptop with the campaign, and nothing in it yet.
fn laptop(ready: &Ready) -> Laptop {
    let laptop = Laptop::new();
    laptop.restore(&ready.vault);
    laptop
}

/// The vault of a closed campaign.
fn open(data: &Path) -> Opened {
    placard_core::campaign::unlock(data, &campaign::PASSPHRASE.into()).or_stop("opening")
}

fn capturing(runtime: &Runtime, ready: &Ready) {
    let fill = |data: &Path| {
        let filled = open(data).fill(saving::PEOPLE, chrono::Utc::now());
        filled.or_stop("filling the vault");
    };
    let town = laptop(ready);
    fill(&town.data());
    let committing = committing::row(&town.data());
    print([committing.row]);
    print([runtime.block_on(saving::row(fill, committing.slow))]);
}

fn records(runtime: &Runtime, _: &Ready) {
    let day = runtime.block_on(Journey::with_campaign("A million people"));
    let data = day.laptop.data();
    let filled = open(&data).fill_town(MILLION, chrono::Utc::now());
    filled.or_stop("filling the vault");
    print(searching::rows(&data));
    print(opening::rows(&data));
    print([runtime.block_on(typing::row(&day))]);
    print([exporting::row(&data)]);
    print([pairing::row(&data)]);
}
