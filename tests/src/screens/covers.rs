//! The pages outside any campaign: first run, lock, and vaults that cannot be opened.

use std::fs;

use super::Visitor;
use crate::campaign::{CAMPAIGN, ORGANISER, PASSPHRASE};
use crate::journey::Journey;
use crate::pictures::Size;
use crate::waiting::OrStop;
use crate::window::Window;

/// From the first screen to the question about the shift.
pub(super) async fn visit_first_run(visitor: &mut impl Visitor, window: &Window<'_>) {
    visitor.look("first-run", window).await;
    window.button("Restore a backup").click().await;
    window.field("Backup").appears().await;
    visitor.look("first-run-restore", window).await;
    window.button("Back").click().await;
    window.button("Set up a campaign").click().await;
    window.field("Campaign name").appears().await;
    visitor.look("set-up-empty", window).await;

    window.field("Campaign name").fill(CAMPAIGN).await;
    window.field("Your name").fill(ORGANISER).await;
    window.field("Passphrase").fill("clean air").await;
    window.field("Repeat passphrase").fill("clean hair").await;
    window.button("Create campaign").click().await;
    window.says("The two do not match yet.").await;
    visitor.look("set-up-problems", window).await;

    window.field("Passphrase").fill(PASSPHRASE).await;
    window.field("Repeat passphrase").fill(PASSPHRASE).await;
    visitor.look("set-up-filled", window).await;
    window.button("Create campaign").click().await;
    window.part("Recovery code").appears().await;
    visitor.look("recovery-code", window).await;

    window.checkbox("I have written it down").click().await;
    window.button("Continue").click().await;
    window.field("Canvasser").appears().await;
    visitor.look("shift", window).await;
}

/// The locked campaign. Leaves it locked.
pub(super) async fn visit_locked(visitor: &mut impl Visitor, window: &Window<'_>) {
    window.lock().await;
    visitor.look("locked", window).await;
    // The pause after as many is long enough to be looked at.
    for _ in 0..4 {
        window.unlock_with("not the passphrase at all").await;
        window.says("The next try waits").await;
    }
    visitor.look("locked-wrong-passphrase", window).await;

    window.button("Use the recovery code").click().await;
    window.field("Recovery code").appears().await;
    visitor.look("recovery", window).await;
    window
        .field("Recovery code")
        .fill("AAAA BBBB CCCC DDDD")
        .await;
    window.field("New passphrase").fill(PASSPHRASE).await;
    window.field("Repeat passphrase").fill(PASSPHRASE).await;
    window.button("Set passphrase").click().await;
    window
        .says("That recovery code does not open this vault.")
        .await;
    visitor.look("recovery-wrong-code", window).await;
}

/// Vaults that this Placard cannot open.
pub(super) async fn visit_unopenable(visitor: &mut impl Visitor) {
    let day = Journey::with_campaign("the screens of strange vaults").await;
    let header = day.laptop.header();
    let good = fs::read(&header).or_stop("reading the header");
    fs::write(&header, "eggs, bread, marmalade").or_stop("writing a header");
    let window = day.open().await;
    window.resize(Size::USUAL).await;
    window
        .heading("This is not a Placard vault")
        .appears()
        .await;
    visitor.look("not-a-vault", &window).await;

    fs::write(&header, &good).or_stop("writing a header");
    day.laptop.make_header_newer();
    window.button("Look again").click().await;
    window
        .heading("A newer Placard wrote this vault")
        .appears()
        .await;
    visitor.look("newer-vault", &window).await;

    fs::write(&header, good).or_stop("writing a header");
    fs::write(day.laptop.vault(), "").or_stop("emptying the vault");
    window.button("Look again").click().await;
    window.heading("The vault is damaged").appears().await;
    visitor.look("damaged-vault", &window).await;
}
