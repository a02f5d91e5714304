//! A day at the stall, from the first start to the evening's texts: for whoever wants to see it.

use thirtyfour::Key;

use crate::campaign::{CAMPAIGN, CANVASSER, ORGANISER, PASSPHRASE, PLACE};
use crate::journey::Journey;
use crate::people::{amara, bronwen, gwenllian};
use crate::pictures::{Album, Size};
use crate::scripted::ScriptedGateway;
use crate::window::Window;

/// Walks through it, with a picture of each step.
pub async fn walk(album: &mut Album) {
    let day = Journey::begin("A day at the stall").await;
    let window = day.open().await;
    window.resize(Size::USUAL).await;
    set_up(&day, &window, album).await;
    let mut gateway = ScriptedGateway::down();
    go_out(&day, &window, album, &gateway).await;
    capture_three(&day, &window, album).await;
    gateway.come_up().await;
    come_home(&day, &window, album).await;
}

/// Indoors: the organiser sets up the campaign.
async fn set_up(day: &Journey, window: &Window<'_>, album: &mut Album) {
    window.button("Try it with practice texts").appears().await;
    album
        .page(day, window, "Placard starts for the first time")
        .await;
    window.button("Set up a campaign").click().await;
    window.field("Campaign name").fill(CAMPAIGN).await;
    window.field("Your name").fill(ORGANISER).await;
    window.field("Passphrase").fill(PASSPHRASE).await;
    window.field("Repeat passphrase").fill(PASSPHRASE).await;
    window.field("Repeat passphrase").holds(PASSPHRASE).await;
    window.says("trong.").await;
    album
        .page(
            day,
            window,
            "The organiser names the campaign and chooses a passphrase",
        )
        .await;
    window.button("Create campaign").click().await;
    window.part("Recovery code").appears().await;
    window.checkbox("I have written it down").click().await;
    album
        .page(day, window, "The recovery code is written down")
        .await;
    window.button("Continue").click().await;
}

/// The shift begins, where there is no network.
async fn go_out(day: &Journey, window: &Window<'_>, album: &mut Album, gateway: &ScriptedGateway) {
    window.field("Canvasser").fill(CANVASSER).await;
    window.field("Where").fill(PLACE).await;
    album
        .page(day, window, "The canvasser says who and where")
        .await;
    window.button("Start shift").click().await;
    window.field("First name").appears().await;
    window.use_twilio(gateway).await;
    window.strip_says("Offline").await;
    window.link("Settings").click().await;
    window.field("Account SID").appears().await;
    album
        .page(
            day,
            window,
            "Texts are to leave through Twilio, which cannot be reached yet",
        )
        .await;
    window.go_to("Capture").await;
    album
        .page(day, window, "Capture is ready for the first person")
        .await;
}

/// Three people stop at the stall.
async fn capture_three(day: &Journey, window: &Window<'_>, album: &mut Album) {
    window.type_person(&amara()).await;
    window.says("UK mobile").await;
    album
        .page(
            day,
            window,
            "Amara says yes to texts, and her number is read back to her",
        )
        .await;
    window.press(Key::Enter).await;
    window.called_saved(&amara()).await;
    album
        .page(day, window, "Enter saves her, and the form is ready again")
        .await;
    for person in [bronwen(), gwenllian()] {
        window.capture(&person).await;
    }
    window.strip_says("3 texts wait").await;
    album
        .page(day, window, "Three people are saved with no network")
        .await;
    window.go_to("Texts").await;
    for person in [amara(), bronwen(), gwenllian()] {
        window.text_is(&person, "Waiting").await;
    }
    album.page(day, window, "Each text says why it waits").await;
}

/// The network returns, and the texts go by themselves.
async fn come_home(day: &Journey, window: &Window<'_>, album: &mut Album) {
    window.network_comes_back().await;
    window.strip_says("Online").await;
    album
        .page(day, window, "The network is back, and the texts go")
        .await;
    for person in [amara(), bronwen(), gwenllian()] {
        window.text_is(&person, "Delivered").await;
    }
    window.strip_says("no texts wait").await;
    album
        .page(day, window, "Each of them has got one text")
        .await;
    window.go_to("People").await;
    window.people_listed().await;
    album
        .page(day, window, "Everybody who stopped at the stall")
        .await;
}
