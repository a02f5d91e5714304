//! What supporters do with their phones, and what organisers do about it.

use thirtyfour::{By, WebDriver};

use crate::people::Person;
use crate::waiting::PATIENCE;
use crate::window::Window;

impl Window<'_> {
    /// Types a text on the drawn phone of a person.
    pub async fn phone_says(&self, person: &Person, words: &str) {
        let whose = self.select("Whose phone");
        if whose.is_there().await {
            whose.choose(&person.mobile).await;
        }
        self.field("Text from the phone").fill(words).await;
        self.button("Send from the phone").click().await;
    }

    /// Opens the thread with a person, from Inbox.
    pub async fn open_thread(&self, person: &Person) {
        self.go_to("Inbox").await;
        self.row_with(&[&person.name()]).open().await;
        self.heading(&person.name()).appears().await;
    }

    /// Waits until the list of people is read: whoever was saved since it was left moves the others down, and each letter
    /// of a search reads it again. A click in the middle of that finds nobody.
    pub async fn people_at_rest(&self) {
        let at_rest = async |page: &WebDriver| {
            let grid = page.find_all(By::Css("[aria-busy=false] [role=grid]"));
            Ok(!grid.await?.is_empty())
        };
        self.until("the list of people to be at rest", at_rest)
            .await;
    }

    /// Opens the page of a person, from People.
    pub async fn open_person(&self, person: &Person) {
        self.go_to("People").await;
        self.people_at_rest().await;
        self.link(&person.name()).click().await;
        self.heading(&person.name()).appears().await;
    }

    /// Waits until what is said of a person's consent on People begins like this.
    pub async fn agreement_is(&self, person: &Person, words: &str) {
        self.go_to("People").await;
        let what = format!("People to say “{words}” of {}", person.name());
        let says = async |_: &_| {
            let rows = self.people_listed().await;
            let row = rows.iter().find(|row| row.contains(&person.name()));
            Ok(row.is_some_and(|row| row.contains(words)))
        };
        // What a phone texted is fetched every little while.
        self.until_within(PATIENCE * 2, &what, says).await;
    }
}
