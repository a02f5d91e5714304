//! Capturing people, as a canvasser does.

use thirtyfour::Key;

use crate::people::Person;
use crate::window::Window;

/// What a canvasser makes of a mobile that is there already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Same {
    /// The same person, who comes by again.
    Person,
    /// Somebody who shares the phone.
    Household,
    /// Neither.
    Anyway,
}

impl Same {
    /// The button that says so.
    #[must_use]
    pub fn button(self) -> &'static str {
        match self {
            Self::Person => "Same person",
            Self::Household => "Shares the phone",
            Self::Anyway => "Save anyway",
        }
    }
}

impl Window<'_> {
    /// Types one person into the empty form, without saving.
    pub async fn type_person(&self, person: &Person) {
        self.field("First name").type_text(&person.first).await;
        self.field("Last name").type_text(&person.last).await;
        if !person.mobile.is_empty() {
            self.field("Mobile").type_text(&person.mobile).await;
        }
        if person.agrees {
            self.checkbox("Agrees to texts").click().await;
        }
    }

    /// Types one person over whatever is in the form, without saving.
    pub async fn type_over(&self, person: &Person) {
        self.field("First name").fill(&person.first).await;
        self.field("Last name").fill(&person.last).await;
        self.field("Mobile").fill(&person.mobile).await;
        let agrees = self.checkbox("Agrees to texts");
        if agrees.is_checked().await != person.agrees {
            agrees.click().await;
        }
    }

    /// Captures one person and waits until the screen calls them saved.
    pub async fn capture(&self, person: &Person) {
        self.type_person(person).await;
        self.press(Key::Enter).await;
        self.called_saved(person).await;
    }

    /// Captures one person over whatever is in the form.
    pub async fn capture_over(&self, person: &Person) {
        self.type_over(person).await;
        self.press(Key::Enter).await;
        self.called_saved(person).await;
    }

    /// Types one person whose mobile is there already, and waits until the screen says so.
    pub async fn type_same(&self, person: &Person) {
        let typed = Person {
            agrees: false,
            ..person.clone()
        };
        self.type_person(&typed).await;
        // The question comes between the fields, and the box is where it stays only then.
        self.part("This mobile is already there").appears().await;
        if person.agrees {
            self.checkbox("Agrees to texts").click().await;
        }
    }

    /// Captures one person whose mobile is there already.
    pub async fn capture_same(&self, person: &Person, same: Same) {
        self.type_same(person).await;
        self.button(same.button()).click().await;
        self.called_saved(person).await;
    }

    /// Waits until the screen calls a person saved, and the form is ready for the next.
    pub async fn called_saved(&self, person: &Person) {
        self.announces(&["Saved", &person.name()]).await;
        self.focus_is_on("First name").await;
    }

    /// Undoes the last capture with the keyboard.
    pub async fn undo(&self, person: &Person) {
        self.press_with(Key::Control, 'z').await;
        self.announces(&["Undone", &person.name()]).await;
    }
}
