//! Measures what only Placard's own code can tell, and prints a row for each promise: what was
//! measured, what was found, what is promised, and "yes" or "no", with tabs between.

use placard_tests::campaign::{self, Ready};
use placard_tests::journey::Journey;
use placard_tests::laptop::Laptop;
use placard_tests::measuring::{committing, importing, saving, searching, sending};
use placard_tests::waiting::OrStop;
use tokio::runtime::Builder;

fn main() {
    let runtime = Builder::new_current_thread().enable_all().build();
    let runtime = runtime.or_stop("making a runtime");
    let ready = runtime.block_on(async {
        let day = Journey::begin("A campaign to measure in").await;
        campaign::ready(&day).await
    });
    let town = laptop(ready);
    fill(&town.data());
    let committing = committing::row(&town.data());
    println!("{}", committing.row);
    for row in searching::rows(&laptop(ready).data()) {
        println!("{row}");
    }
    for row in sending::rows(&laptop(ready).data(), &laptop(ready).data()) {
        println!("{row}");
    }
    for row in importing::rows(&laptop(ready).data(), &laptop(ready).data()) {
        println!("{row}");
    }
    let row = runtime.block_on(saving::row(fill, committing.slow));
    println!("{row}");
}

/// A laptop with the campaign, and nothing in it yet.
fn laptop(ready: &Ready) -> Laptop {
    let laptop = Laptop::new();
    laptop.restore(&ready.vault);
    laptop
}

/// Fills the vault of a closed campaign with people.
fn fill(data: &std::path::Path) {
    let opened =
        placard_core::campaign::unlock(data, &campaign::PASSPHRASE.into()).or_stop("opening");
    opened
        .fill(saving::PEOPLE, chrono::Utc::now())
        .or_stop("filling the vault");
}
