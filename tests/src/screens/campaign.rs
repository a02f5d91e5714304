//! A campaign from its first minute to the evening.

use super::{Visitor, capture, covers, settings, texts};
use crate::journey::Journey;
use crate::pictures::Size;
use crate::scripted::ScriptedGateway;

pub(super) async fn visit(visitor: &mut impl Visitor) {
    let day = Journey::begin("the screens of a campaign").await;
    let window = day.open().await;
    window.resize(Size::USUAL).await;

    day.step("The first run");
    covers::visit_first_run(visitor, &window).await;
    window.start_shift().await;

    day.step("Nothing there yet");
    visitor.look("capture-empty", &window).await;
    for page in ["People", "Texts"] {
        window.go_to(page).await;
        visitor
            .look(&format!("{}-empty", page.to_lowercase()), &window)
            .await;
    }

    day.step("Settings");
    settings::visit(visitor, &window).await;

    day.step("Capturing with no network");
    let mut gateway = ScriptedGateway::down();
    window.use_twilio(&gateway).await;
    settings::visit_test_of_nobody(visitor, &window).await;
    window.go_to("Capture").await;
    capture::visit_offline(visitor, &window).await;

    day.step("Texts in every state");
    texts::visit_offline(visitor, &window).await;
    gateway.come_up().await;
    texts::visit_every_state(visitor, &window, &gateway).await;

    day.step("Locked");
    window.go_to("Capture").await;
    covers::visit_locked(visitor, &window).await;
}
