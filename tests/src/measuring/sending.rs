//! How fast texts go to a gateway on this machine, each of them durable before it leaves and after it is
//! answered; and whether a rate is kept.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use placard_core::campaign::{self, Campaign, GatewaySaved};
use placard_core::clock::SystemClock;
use placard_core::events::Events;
use placard_core::gateways::Kind;
use tokio::runtime::Runtime;

use super::Row;
use crate::campaign::PASSPHRASE;
use crate::scripted::{ACCOUNT, KEY, SENDER, ScriptedGateway};
use crate::waiting::{OrStop, until};

/// Texts that are sent without a rate: ten seconds' worth at what is promised.
const TEXTS: u32 = 3_000;
/// What is promised, in texts a second.
const PROMISED: f64 = 300.0;
/// The rate that is asked for, in texts a second, and for how many texts.
const RATE: u32 = 40;
const AT_A_RATE: u32 = 400;

/// Both rows, measured in the closed campaigns of two data folders.
#[must_use]
pub fn rows(fast: &Path, paced: &Path) -> [Row; 2] {
    [
        at_full_speed(&send(fast, TEXTS, "")),
        at_a_rate(&send(paced, AT_A_RATE, &RATE.to_string())),
    ]
}

/// Sends `texts` texts at a rate, and gives the times at which the gateway took them.
fn send(data: &Path, texts: u32, rate: &str) -> Vec<DateTime<Utc>> {
    let runtime = Runtime::new().or_stop("making a runtime");
    let gateway = runtime.block_on(ScriptedGateway::start());
    // What is measured is sending: the texts stay on their way.
    gateway.deliver(false);
    let opened = campaign::unlock(data, &PASSPHRASE.into()).or_stop("opening the vault");
    opened.queue(texts, Utc::now()).or_stop("queueing texts");
    let campaign = Campaign::start(
        opened,
        runtime.handle(),
        Arc::new(SystemClock),
        Events::default(),
    );
    let campaign = campaign.or_stop("starting the campaign");
    let mut form = campaign.gateway_form().or_stop("reading the form");
    form.kind = Kind::Twilio;
    form.twilio.account_sid = ACCOUNT.to_owned();
    form.twilio.api_key = KEY.to_owned();
    form.twilio.auth_token = gateway.secret().into();
    form.twilio.sender = SENDER.to_owned();
    form.twilio.api_address = gateway.address();
    form.twilio.texts_per_second = rate.to_owned();
    let saved = campaign.save_gateway(&form).or_stop("saving the gateway");
    assert!(matches!(saved, GatewaySaved::Saved { .. }), "{saved:?}");
    runtime.block_on(async {
        let all = async || {
            let waiting = campaign.connection().or_stop("reading the strip").waiting;
            (waiting == 0).then_some(())
        };
        let sent = until(Duration::from_secs(120), all).await;
        sent.or_stop("waiting until every text is settled");
        campaign.close().await;
    });
    let journal = gateway.journal();
    assert_eq!(journal.doubles(), [], "no text twice, however fast");
    let mut times: Vec<_> = journal.all().iter().map(|taken| taken.at).collect();
    times.sort();
    assert_eq!(times.len(), texts as usize, "no text lost");
    times
}

fn seconds(times: &[DateTime<Utc>]) -> f64 {
    match times {
        [first, .., last] => (*last - *first).as_seconds_f64(),
        _ => f64::NAN,
    }
}

fn at_full_speed(times: &[DateTime<Utc>]) -> Row {
    let each_second = (times.len() - 1) as f64 / seconds(times);
    Row {
        what: "Sending without a rate, each text durable".to_owned(),
        measured: format!("{each_second:.0} texts a second"),
        promised: format!("at least {PROMISED:.0} texts a second"),
        kept: each_second >= PROMISED,
    }
}

fn at_a_rate(times: &[DateTime<Utc>]) -> Row {
    let share = (times.len() - 1) as f64 / seconds(times) / f64::from(RATE);
    let most = most_in_a_second(times);
    Row {
        what: format!("Sending at a rate of {RATE} texts a second"),
        measured: format!("{:.1} % of it, at most {most} in any second", share * 100.0),
        promised: format!("at least 95 % of it, never more than {RATE} in a second"),
        kept: share >= 0.95 && most <= RATE as usize,
    }
}

/// The most texts that were taken within any one second.
fn most_in_a_second(times: &[DateTime<Utc>]) -> usize {
    let within = |index: usize| {
        let end = times[index] + TimeDelta::seconds(1);
        times[index..].iter().take_while(|at| **at < end).count()
    };
    (0..times.len()).map(within).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn apart(milliseconds: i64, texts: i64) -> Vec<DateTime<Utc>> {
        let start = DateTime::UNIX_EPOCH;
        (0..texts)
            .map(|index| start + TimeDelta::milliseconds(index * milliseconds))
            .collect()
    }

    #[test]
    fn a_rate_is_kept_when_it_is_used_and_never_passed() {
        assert!(at_a_rate(&apart(26, 400)).kept);
        assert!(!at_a_rate(&apart(27, 400)).kept, "too slow");
        assert!(!at_a_rate(&apart(24, 400)).kept, "too fast");
        assert_eq!(most_in_a_second(&apart(25, 400)), 40);
        assert_eq!(most_in_a_second(&apart(24, 400)), 42);
    }

    #[test]
    fn speed_is_counted_from_the_first_to_the_last() {
        assert!(at_full_speed(&apart(3, 301)).kept);
        assert!(!at_full_speed(&apart(4, 301)).kept);
    }
}
