//! Twilio's lists, one page after another.

use reqwest::RequestBuilder;
use url::Url;

use super::{Twilio, answers};
use crate::gateways::http::Reply;
use crate::gateways::{Away, Fetched, NoAnswer, Refusal};

/// Why there is no list.
pub(super) enum NoList {
    Away(Away),
    Refused(Refusal),
}

impl NoList {
    /// What a reply is that is no page of a list.
    pub(super) fn of(reply: &Reply) -> Self {
        match answers::refusal(reply) {
            Some(refusal) if reply.status != 429 => Self::Refused(refusal),
            _ => Self::Away(Away::NoAnswer(answers::no_answer(reply))),
        }
    }

    pub(super) fn unreadable() -> Self {
        Self::Away(Away::NoAnswer(NoAnswer::Unreadable))
    }
}

impl From<NoList> for Fetched {
    fn from(no: NoList) -> Self {
        match no {
            NoList::Away(why) => Self::Away(why),
            NoList::Refused(refusal) => Self::Refused(refusal),
        }
    }
}

/// Asks for one page, whole.
pub(super) async fn page(
    twilio: &Twilio,
    request: RequestBuilder,
    limit: usize,
) -> Result<Reply, NoList> {
    let reply = twilio.wire.ask(twilio.signed(request), limit).await;
    let reply = reply.map_err(|lost| NoList::Away(lost.into()))?;
    if reply.status == 200 && reply.cut.is_none() {
        Ok(reply)
    } else {
        Err(NoList::of(&reply))
    }
}

/// The next page, on the same server only: the request carries our credentials.
pub(super) fn follow(from: &Url, next: &str) -> Option<Url> {
    let url = from.join(next).ok()?;
    let same =
        url.origin() == from.origin() && url.username().is_empty() && url.password().is_none();
    same.then_some(url)
}
