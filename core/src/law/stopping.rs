//! Stopping.

use super::*;
use crate::texts::life::State;

const AMINA: &str = "+447700900101";
const OUT: &str = "Opted out: nothing more goes to this number.";

#[test]
fn point_15_every_keyword_stops_starts_or_helps_and_what_only_sounds_like_it_waits_for_a_person() {
    let stall = Stall::new("GB", tuesday());
    stall.runtime.block_on(stall.campaign.close());
    stall.captured("Amina", "07700 900101", true);
    for stop in [
        "STOP",
        "StopAll",
        " unsubscribe. ",
        "CANCEL!",
        "end",
        "Quit",
        "REVOKE",
        "OptOut",
        "opt out",
        "s t o p",
        "STOPIO",
        "stopiwch",
        "PARAR",
        "Alto",
        "baja",
    ] {
        assert_eq!(stall.says(AMINA, stop), OUT, "{stop}");
        assert_eq!(
            stall.says(AMINA, "START"),
            "Opted in again: this number gets texts.",
            "{stop}"
        );
    }
    for start in ["unstop", "Start!"] {
        stall.says(AMINA, "STOP");
        assert_eq!(
            stall.says(AMINA, start),
            "Opted in again: this number gets texts.",
            "{start}"
        );
    }
    for help in ["HELP", "info?", "AYUDA", "help please"] {
        assert_eq!(
            stall.says(AMINA, help),
            "Asked for help, and was answered.",
            "{help}"
        );
    }
    for sounds_like in [
        "please stop texting me",
        "remove me",
        "Stop sending me this rubbish",
        "take me off your list",
    ] {
        let stall = Stall::shut("GB", tuesday());
        stall.captured("Amina", "07700 900101", true);
        assert_eq!(stall.outlook(), (1, 0, 0));
        stall.arrives(AMINA, sounds_like);
        let thread = stall.campaign.thread(AMINA).unwrap();
        assert!(
            thread.opted_out.is_none(),
            "{sounds_like}: a person decides"
        );
        assert_eq!(stall.outlook(), (0, 1, 0), "{sounds_like}: it waits");
        stall
            .campaign
            .decide(thread.undecided.unwrap(), false)
            .unwrap();
        assert_eq!(stall.outlook(), (1, 0, 0), "{sounds_like}: it was none");
        stall.arrives(AMINA, sounds_like);
        let again = stall.campaign.thread(AMINA).unwrap().undecided.unwrap();
        stall.campaign.decide(again, true).unwrap();
        assert_eq!(stall.outlook(), (0, 0, 0), "{sounds_like}: it was one");
        assert!(stall.campaign.thread(AMINA).unwrap().opted_out.is_some());
    }
}

#[test]
fn point_16_an_opt_out_is_for_the_number_and_is_known_before_a_run_begins() {
    let stall = Stall::shut("GB", tuesday());
    stall.captured("Edith", "07700 900101", true);
    let edith = stall.newest();
    for name in ["Frank", "Gill"] {
        let form = person(name, "07700 900101", Some(true));
        stall.saves(&form, Some(Choice::SharesPhone(edith)));
    }
    stall.captured("Bo", "07700 900102", true);
    assert_eq!(stall.outlook(), (2, 0, 0));
    stall.arrives(AMINA, "stop");
    let go: Vec<String> = stall
        .forecast()
        .go
        .rows
        .into_iter()
        .map(|row| row.name)
        .collect();
    assert_eq!(
        go,
        ["Edith", "Bo"],
        "the goodbye, and who has another number"
    );
    for name in ["Frank", "Gill"] {
        assert_eq!(stall.text_of(name).state, State::NotSent, "{name}");
    }
    let mut hers = stall.texts();
    hers.retain(|row| row.name == "Edith");
    hers.sort_by_key(|row| row.id);
    let states: Vec<State> = hers.iter().map(|row| row.state).collect();
    assert_eq!(
        states,
        [State::NotSent, State::Waiting],
        "her text, and the goodbye"
    );
    assert!(stall.campaign.reply(AMINA, "Sorry to see you go").is_err());

    // And where the text was written while nothing was known of it: it came to the provider before the run.
    let provider = Provider::new();
    provider.phone_texted(AMINA, "STOP", tuesday() - TimeDelta::hours(2));
    let stall = Stall::shut("GB", tuesday());
    for (name, number) in [("Amina", 101), ("Bo", 102), ("Cy", 103)] {
        stall.captured(name, &format!("07700 900{number}"), true);
    }
    stall.sends_through(&provider.address(), OURS);
    let stall = stall.reopened();
    stall.until("the others have theirs", |_| {
        ["Bo", "Cy"]
            .iter()
            .all(|name| stall.text_of(name).state != State::Waiting)
            && stall.text_of("Amina").state == State::NotSent
    });
    assert_eq!(provider.posts_to(AMINA), 0);
    let asked = provider.asked();
    let first = asked
        .iter()
        .position(|asked| *asked == provider::Asked::Send);
    assert!(
        first.unwrap() > 1,
        "it was asked for texts from phones first"
    );
}

#[test]
fn point_16_an_opt_out_to_the_number_before_counts_for_thirty_days() {
    let (before, now) = (Provider::new(), Provider::new());
    let stall = Stall::through(&before, "GB");
    let is_out = |campaign: &Campaign, from: &str| {
        let rows = campaign.inbox(0, 10).unwrap().rows;
        rows.iter().any(|row| row.from == from && row.opted_out)
    };
    stall.sends_through(&now.address(), "+447700900998");
    let listened = stall.campaign.former_gateways().unwrap();
    assert_eq!(listened.len(), 1);
    assert_eq!(listened[0].name, "Twilio, +447700900999");
    assert_eq!(listened[0].until, tuesday() + TimeDelta::days(30));
    before.phone_texted(AMINA, "STOP", tuesday());
    // Whoever opens the campaign anew still listens, and asks at once.
    let stall = stall.reopened();
    stall.until("the opt-out is known", |campaign| is_out(campaign, AMINA));
    assert!(stall.campaign.reply(AMINA, "Hello").is_err());

    // The same text through the same account is no second one, and nobody is listened to twice.
    stall.sends_through(&before.address(), OURS);
    let listened = stall.campaign.former_gateways().unwrap();
    assert_eq!(listened.len(), 1);
    assert_eq!(listened[0].name, "Twilio, +447700900998");
    assert!(stall.tries_the_gateway());
    let stops = |stall: &Stall| {
        let happened = stall.happened().into_iter();
        happened.filter(|what| what == "opt_out").count()
    };
    assert_eq!(stops(&stall), 1);
    stall.campaign.stop_listening(listened[0].id).unwrap();
    assert!(stall.campaign.former_gateways().unwrap().is_empty());
    assert!(stall.campaign.stop_listening(listened[0].id).is_err());
    stall.sends_through(&now.address(), "+447700900998");
    stall.pass(TimeDelta::days(31));
    assert!(stall.campaign.former_gateways().unwrap().is_empty());
}

#[test]
fn point_17_a_goodbye_says_that_it_is_over_and_nothing_else() {
    use crate::texts::life::Kind;
    let stall = Stall::shut("GB", tuesday());
    for (scenario, body, allowed) in [
        (
            "shorter",
            "{campaign}: you get no more texts from us.",
            true,
        ),
        (
            "a call",
            "{campaign}: no more texts. Vote Lee on Thursday!",
            false,
        ),
        ("a question", "{campaign}: no more texts. Why not?", false),
        (
            "a link",
            "{campaign}: no more texts. See cleanair.example/join",
            false,
        ),
        (
            "nothing of the kind",
            "{campaign}: sorry to see you go.",
            false,
        ),
    ] {
        let saved = stall.campaign.save_template(Kind::Goodbye, "en", body);
        assert_eq!(saved.is_ok(), allowed, "{scenario}");
    }
    let long = format!("{{campaign}}: no more texts.{}", " Goodbye.".repeat(30));
    assert!(
        stall
            .campaign
            .save_template(Kind::Goodbye, "fr", &long)
            .is_err()
    );
}

#[test]
fn point_17_a_stop_is_answered_once_where_the_provider_does_not_and_never_where_it_does() {
    let stall = Stall::new("GB", tuesday());
    stall.captured("Amina", "07700 900101", true);
    stall.until("Amina has hers", |campaign| {
        campaign.phone_texts().unwrap().len() == 1
    });
    for _ in 0..3 {
        stall.says(AMINA, "STOP");
    }
    let goodbyes = |campaign: &Campaign| {
        let texts = campaign.phone_texts().unwrap().into_iter();
        let ours = texts.filter(|text| !text.from_the_phone && text.body.contains("opted out"));
        ours.map(|text| text.at).collect::<Vec<_>>()
    };
    stall.until("a goodbye", |campaign| !goodbyes(campaign).is_empty());
    // Whatever else was to go has gone before a test is answered.
    assert!(stall.tries_the_gateway());
    let at = goodbyes(&stall.campaign);
    assert_eq!(at.len(), 1);
    assert!(at[0] - tuesday() <= TimeDelta::minutes(5));

    let provider = Provider::new();
    let stall = Stall::through(&provider, "GB");
    provider.phone_texted(AMINA, "STOP", tuesday());
    // One that is fetched again and again, as long as nothing is known.
    stall.sends_through(&provider.address(), OURS);
    stall.until("the opt-out is known", |campaign| {
        campaign
            .inbox(0, 10)
            .unwrap()
            .rows
            .iter()
            .any(|row| row.opted_out)
    });
    assert!(stall.tries_the_gateway());
    assert_eq!(provider.posts_to(AMINA), 0, "Twilio has said goodbye");
}

#[test]
fn point_18_only_their_own_start_undoes_an_opt_out_and_the_ledger_shows_both() {
    let stall = Stall::shut("GB", tuesday());
    stall.captured("Amina", "07700 900101", true);
    let amina = stall.newest();
    stall.campaign.opt_out(AMINA).unwrap();
    assert_eq!(stall.outlook(), (0, 0, 0));
    stall.pass(TimeDelta::hours(1));
    // Nothing that is done here opens it: not a second capture, and not another try.
    let again = person("Amina", "07700 900101", Some(true));
    stall.saves(&again, Some(Choice::SamePerson(amina)));
    assert_eq!(stall.outlook().0, 0);
    assert!(stall.campaign.reply(AMINA, "Hello").is_err());
    stall.arrives(AMINA, "YES");
    assert!(stall.campaign.person(amina).unwrap().opted_out);
    stall.arrives(AMINA, "START");
    assert!(!stall.campaign.person(amina).unwrap().opted_out);
    let entries = stall.ledger();
    let of = |what: &str| {
        let found = entries.iter().find(|line| line["entry"]["what"] == what);
        found.unwrap()["entry"].clone()
    };
    let (out, undone) = (of("opt_out"), of("opt_out_undone"));
    assert_eq!(undone["about"], out["id"], "the one is about the other");
    assert!(undone["evidence"].is_string(), "their text is the evidence");
    assert_eq!(out["method"], "organiser");
    assert_eq!(undone["method"], "reply");
}

#[test]
fn point_19_the_opt_out_outlives_the_person_as_a_hash_and_nothing_else() {
    let stall = Stall::shut("GB", tuesday());
    stall.captured("Amina", "07700 900101", true);
    let amina = stall.newest();
    stall.arrives(AMINA, "STOP");
    let remains = stall.campaign.erase(amina).unwrap().join(" ");
    assert!(remains.contains("keyed hash"), "{remains}");
    let mut export = Vec::new();
    stall.campaign.export_ledger(&mut export).unwrap();
    let export = String::from_utf8(export).unwrap();
    for gone in ["7700900101", "Amina"] {
        assert!(!export.contains(gone), "{gone}");
    }
    assert!(stall.campaign.thread(AMINA).unwrap().lines.is_empty());
    let inbox = stall.campaign.inbox(0, 10).unwrap();
    assert!(
        inbox
            .rows
            .iter()
            .all(|row| !row.from.contains("7700900101"))
    );
    // Somebody gets the number, or the same one comes back: it is out all the same.
    stall.captured("Another", "07700 900101", true);
    assert!(stall.campaign.person(stall.newest()).unwrap().opted_out);
    assert_eq!(stall.outlook(), (0, 0, 1));
    stall.captured("Somebody else", "07700 900102", true);
    assert_eq!(stall.outlook(), (1, 0, 1), "and no other is");
}
