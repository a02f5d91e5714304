//! Practice, with its banner and its drawn phone.

use super::Visitor;
use crate::journey::Journey;
use crate::people::{amara, bronwen, gwenllian, sian};
use crate::pictures::Size;

pub(super) async fn visit(visitor: &mut impl Visitor) {
    let day = Journey::begin("the screens of practice").await;
    let window = day.open().await;
    window.resize(Size::USUAL).await;
    window.button("Try it with practice texts").click().await;
    window.focus_is_on("First name").await;
    visitor.look("practice-capture-empty", &window).await;

    for person in [amara(), bronwen(), sian()] {
        window.capture(&person).await;
    }
    window.type_person(&gwenllian()).await;
    window.says("UK mobile").await;
    visitor.look("practice-capture-typed", &window).await;
    window.button("Phone").click().await;
    window.part("Practice phone").says(&amara().first).await;
    visitor.look("practice-capture-phone", &window).await;

    window.go_to("Texts").await;
    for person in [amara(), bronwen(), sian()] {
        window.text_is(&person, "Delivered").await;
    }
    visitor.look("practice-texts", &window).await;
    window.go_to("Settings").await;
    window.select("Gateway").appears().await;
    visitor.look("practice-settings", &window).await;
}
