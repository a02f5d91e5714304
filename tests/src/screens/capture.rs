//! The form in all its states.

use thirtyfour::Key;

use super::Visitor;
use crate::capturing::Same;
use crate::journey::Journey;
use crate::people::{amara, bronwen, cora, dev, edith, frank, gwenllian};
use crate::pictures::Size;
use crate::window::Window;

/// An hour at the stall with no network. Leaves an empty form.
pub(super) async fn visit_offline(visitor: &mut impl Visitor, window: &Window<'_>) {
    for person in [bronwen(), gwenllian(), edith()] {
        window.capture(&person).await;
    }
    window.strip_says("3 texts wait").await;
    let amara = amara();
    window.type_person(&amara).await;
    window.says("UK mobile").await;
    visitor.look("capture-offline", window).await;
    window.press(Key::Enter).await;
    window.called_saved(&amara).await;
    visitor.look("capture-saved", window).await;

    window.type_same(&frank()).await;
    visitor.look("capture-same-mobile", window).await;
    window.button(Same::Household.button()).click().await;
    window.called_saved(&frank()).await;

    window.field("Last name").type_text(&cora().last).await;
    window.field("Mobile").type_text("020 7946 0123").await;
    window.says("That is a landline").await;
    visitor.look("capture-landline", window).await;
    window.press(Key::Enter).await;
    window.says("or clear it to save without a mobile.").await;
    visitor.look("capture-problems", window).await;
    window.capture_over(&cora()).await;
    window.capture(&dev()).await;
    window.undo(&dev()).await;
    visitor.look("capture-undone", window).await;

    let shift = window
        .name_of_button(|name| name.ends_with("change the shift"))
        .await;
    window.button(&shift.unwrap_or_default()).click().await;
    window.button("Start shift").appears().await;
    visitor.look("capture-change-shift", window).await;
    window.button("Cancel").click().await;
    window.press(Key::F1).await;
    window.button("Close").appears().await;
    visitor.look("keys", window).await;
    window.button("Close").click().await;

    window.type_person(&dev()).await;
    window.lock().await;
    window.unlock().await;
    window.start_shift().await;
    window.says("What was typed earlier is back.").await;
    visitor.look("capture-restored", window).await;
    window.capture_over(&dev()).await;
}

/// A disk without room, in the middle of a capture.
pub(super) async fn visit_full_disk(visitor: &mut impl Visitor) {
    let day = Journey::with_small_disk("the screens of a full disk").await;
    let window = day.open().await;
    window.begin_the_day().await;
    window.resize(Size::USUAL).await;
    day.laptop.fill_disk();
    window.type_person(&amara()).await;
    window.press(Key::Enter).await;
    window.says("The disk is full").await;
    visitor.look("capture-full-disk", &window).await;
}
