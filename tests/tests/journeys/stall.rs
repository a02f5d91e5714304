//! An hour at the stall with no network: what several journeys begin with.

use placard_tests::capturing::Same;
use placard_tests::people::{Person, amara, cora, dev, edith, frank};
use placard_tests::window::Window;

/// Those who get a text.
pub fn texted() -> [Person; 2] {
    [amara(), edith()]
}

/// Captures five people: two who get a text, one who does not agree, one without a mobile, and one
/// who shares a phone.
pub async fn capture_five(window: &Window<'_>) {
    for person in [amara(), cora(), dev(), edith()] {
        window.capture(&person).await;
    }
    window.capture_same(&frank(), Same::Household).await;
}

/// All five are there, and the right texts wait.
pub async fn five_are_kept(window: &Window<'_>) {
    window.go_to("People").await;
    let people = window.people_listed().await;
    assert_eq!(people.len(), 5, "{people:#?}");
    for person in [amara(), cora(), dev(), edith(), frank()] {
        let row = people.iter().find(|row| row.contains(&person.name()));
        let row = row.unwrap_or_else(|| panic!("{} is on People: {people:#?}", person.name()));
        assert!(row.contains(&person.mobile), "{row}");
    }
    window.go_to("Texts").await;
    for person in texted() {
        window.text_is(&person, "Waiting").await;
    }
    nobody_else_is_texted(window).await;
    window.strip_says("2 texts wait").await;
}

/// Who does not agree, has no mobile or shares the phone gets no text, and the screen says why.
pub async fn nobody_else_is_texted(window: &Window<'_>) {
    for (person, why) in [
        (cora(), "have not agreed"),
        (frank(), "This phone is shared"),
    ] {
        window.text_is(&person, "Not sent").await;
        let row = window.text_of(&person).await.unwrap_or_default();
        assert!(row.contains(why), "{row}");
    }
    assert_eq!(window.text_of(&dev()).await, None, "no mobile, no text");
}
