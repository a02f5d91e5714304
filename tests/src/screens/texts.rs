//! Texts in all their states, and the people they are for.

use super::Visitor;
use crate::people::{Person, amara, bronwen, edith, gwenllian};
use crate::scripted::{Outcome, ScriptedGateway};
use crate::window::Window;

/// Those who were captured with no network, what the gateway does with them, and how that ends.
fn earlier() -> [(Person, Outcome, &'static str); 4] {
    [
        (bronwen(), Outcome::Take, "Delivered"),
        (
            gwenllian(),
            Outcome::TakeThenUndeliver(30005),
            "Undelivered",
        ),
        (edith(), Outcome::Refuse(21211), "Failed"),
        (amara(), Outcome::Drop, "Uncertain"),
    ]
}

/// Texts and people while the gateway cannot be reached.
pub(super) async fn visit_offline(visitor: &mut impl Visitor, window: &Window<'_>) {
    for page in ["People", "Texts"] {
        window.go_to(page).await;
        visitor
            .look(&format!("{}-offline", page.to_lowercase()), window)
            .await;
    }
    window.button("What will happen").click().await;
    window.part("What will happen").appears().await;
    visitor.look("texts-what-will-happen", window).await;
    window.button("What will happen").click().await;
}

/// Every state that a text can be in, and what stops all of them.
pub(super) async fn visit_every_state(
    visitor: &mut impl Visitor,
    window: &Window<'_>,
    gateway: &ScriptedGateway,
) {
    for (person, outcome, _) in earlier() {
        gateway.keep_for(&person.e164(), outcome);
    }
    window.network_comes_back().await;
    for (person, _, state) in earlier() {
        window.text_is(&person, state).await;
    }
    // Those that follow stay where they are for as long as somebody looks at them.
    gateway.deliver(false);
    let lasting = [
        (Outcome::Take, "Sent"),
        (Outcome::Hang, "Sending"),
        (Outcome::Later(8), "Waiting"),
    ];
    window.go_to("Capture").await;
    for (person, (outcome, _)) in (1..).map(Person::numbered).zip(lasting) {
        gateway.keep_for(&person.e164(), outcome);
        window.capture(&person).await;
    }
    window.go_to("Texts").await;
    for (person, (_, state)) in (1..).map(Person::numbered).zip(lasting) {
        window.text_is(&person, state).await;
    }
    visitor.look("texts-every-state", window).await;

    let row = window.row_with(&[&amara().name(), &amara().mobile]);
    row.button("What the gateway said").click().await;
    row.button("Try again").click().await;
    row.button("Leave it").appears().await;
    visitor.look("texts-uncertain", window).await;
    window.go_to("People").await;
    visitor.look("people-every-state", window).await;
    visit_stopped(visitor, window, gateway).await;
}

/// Sending is stopped: by an unregistered sender, then by a key that is not taken any more.
async fn visit_stopped(visitor: &mut impl Visitor, window: &Window<'_>, gateway: &ScriptedGateway) {
    gateway.deliver(true);
    let unregistered = Person::numbered(9);
    gateway.keep_for(&unregistered.e164(), Outcome::TakeThenUndeliver(30034));
    window.go_to("Capture").await;
    window.capture(&unregistered).await;
    // The gateway has asked for a pause, which is kept.
    window.go_to("Texts").await;
    window.button("Carry on sending").appears().await;
    visitor.look("texts-stopped", window).await;

    gateway.change_secret("a new secret");
    window.network_comes_back().await;
    window
        .says("does not take the user name, key or password")
        .await;
    visitor.look("texts-credentials", window).await;
}
