//! Practice: texts that arrive on the phone drawn in the app, and never leave the laptop.

use async_trait::async_trait;
use tokio::sync::mpsc;

use super::{
    Abilities, Answer, CannotListen, Check, Gateway, Kind, Listening, LookUp, LostTry, Outgoing,
    Pushed,
};
use crate::texts::life::Report;

/// The gateway to try Placard with. It takes every text at once and nothing leaves the laptop.
#[derive(Debug, Clone, Copy, Default)]
pub struct Practice;

impl Practice {
    /// A practice gateway.
    #[must_use]
    pub fn new() -> Self {
        Self
    }
}

#[async_trait]
impl Gateway for Practice {
    fn abilities(&self) -> Abilities {
        Kind::Practice.abilities()
    }

    async fn check(&self) -> Check {
        Check::Ready
    }

    async fn send(&self, text: &Outgoing) -> Answer {
        Answer::Taken {
            provider_id: Some(text.id.to_string()),
        }
    }

    async fn look_up(&self, lost: &LostTry) -> LookUp {
        LookUp::Candidates(vec![lost.text.id.to_string()])
    }

    async fn status(&self, _provider_id: &str) -> Option<Report> {
        Some(Report::Delivered)
    }

    async fn listen(&self, _to: mpsc::Sender<Pushed>) -> Result<Listening, CannotListen> {
        Ok(Listening::nothing())
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use uuid::Uuid;

    use super::*;
    use crate::people::Mobile;

    #[tokio::test]
    async fn a_practice_text_is_taken_under_our_id_and_delivered() {
        let practice = Practice::new();
        let text = Outgoing {
            id: Uuid::now_v7(),
            to: Mobile::from_e164("+447700900123").unwrap(),
            body: "Hello".to_owned(),
            valid_for: Duration::from_secs(3_600),
        };

        assert_eq!(practice.check().await, Check::Ready);
        let id = text.id.to_string();
        assert_eq!(
            practice.send(&text).await,
            Answer::Taken {
                provider_id: Some(id.clone())
            }
        );
        assert_eq!(practice.status(&id).await, Some(Report::Delivered));
        assert!(practice.abilities().takes_our_id);
    }
}
