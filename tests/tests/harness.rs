//! The harness itself: what its gateways promise to the journeys.

use placard_tests::ciphers::choose_ciphers;
use placard_tests::kannel::{self, Kannel};
use placard_tests::scripted::{ACCOUNT, KEY, Outcome, SENDER, ScriptedGateway, Wall};
use placard_tests::waiting::{OrStop, PATIENCE, until};
use reqwest::redirect::Policy;
use reqwest::{Client, RequestBuilder, Response};
use serde_json::Value;

const AMARA: &str = "+447700900101";

fn client() -> Client {
    choose_ciphers();
    Client::builder()
        .no_proxy()
        .redirect(Policy::none())
        .build()
        .or_stop("making a client")
}

fn messages(gateway: &ScriptedGateway) -> String {
    format!(
        "{}/2010-04-01/Accounts/{ACCOUNT}/Messages.json",
        gateway.address()
    )
}

fn hand_in(gateway: &ScriptedGateway, to: &str) -> RequestBuilder {
    let form = [("To", to), ("From", SENDER), ("Body", "hello")];
    client()
        .post(messages(gateway))
        .basic_auth(KEY, Some(gateway.secret()))
        .form(&form)
}

async fn send(gateway: &ScriptedGateway, to: &str) -> Response {
    hand_in(gateway, to)
        .send()
        .await
        .or_stop("handing in a text")
}

async fn list(gateway: &ScriptedGateway, query: &str) -> Value {
    let url = format!("{}?{query}", messages(gateway));
    let request = client().get(url).basic_auth(KEY, Some(gateway.secret()));
    let body = request
        .send()
        .await
        .or_stop("listing")
        .text()
        .await
        .or_stop("listing");
    serde_json::from_str(&body).or_stop("reading a list")
}

#[tokio::test]
async fn what_is_taken_is_in_the_journal_and_the_answer_says_so() {
    let gateway = ScriptedGateway::start().await;
    let cases = [
        (Outcome::Take, 201, true),
        (Outcome::Refuse(21211), 400, false),
        (Outcome::Later(3), 429, false),
        (Outcome::TakeAndBreak, 500, true),
        (Outcome::Break, 503, false),
        (Outcome::Portal, 200, false),
        (Outcome::Redirect, 302, false),
        (Outcome::TakeAndCutShort, 201, true),
    ];
    for (outcome, status, taken) in cases {
        gateway.next([outcome]);
        let before = gateway.journal().all().len();
        assert_eq!(send(&gateway, AMARA).await.status(), status, "{outcome:?}");
        assert_eq!(
            gateway.journal().all().len() - before,
            usize::from(taken),
            "{outcome:?}"
        );
    }
    assert_eq!(gateway.times_asked(), cases.len());
}

#[tokio::test]
async fn what_is_kept_for_a_number_meets_no_other() {
    let gateway = ScriptedGateway::start().await;
    gateway.keep_for(AMARA, Outcome::Refuse(21610));
    let statuses = [("+447700900102", 201), (AMARA, 400), (AMARA, 201)];
    for (to, status) in statuses {
        assert_eq!(send(&gateway, to).await.status(), status, "{to}");
    }
}

#[tokio::test]
async fn a_dropped_answer_says_nothing_at_all() {
    let gateway = ScriptedGateway::start().await;
    for (outcome, taken) in [(Outcome::TakeAndDrop, 1), (Outcome::Drop, 1)] {
        gateway.next([outcome]);
        let error = hand_in(&gateway, AMARA)
            .send()
            .await
            .err()
            .or_stop("an answer that breaks");
        assert!(
            error.is_request() && !error.is_connect(),
            "{outcome:?}: {error:?}"
        );
        assert_eq!(gateway.journal().to(AMARA).len(), taken, "{outcome:?}");
    }
}

#[tokio::test]
async fn a_text_gets_on_with_each_look() {
    let gateway = ScriptedGateway::start().await;
    gateway.next([Outcome::TakeThenUndeliver(30034), Outcome::Take]);
    for last in ["undelivered", "delivered"] {
        let created: Value =
            serde_json::from_str(&send(&gateway, AMARA).await.text().await.or_stop("text"))
                .or_stop("json");
        let sid = created["sid"].as_str().or_stop("a sid");
        let url = messages(&gateway).replace(".json", &format!("/{sid}.json"));
        for status in ["sent", last] {
            let request = client().get(&url).basic_auth(KEY, Some(gateway.secret()));
            let body = request
                .send()
                .await
                .or_stop("looking")
                .text()
                .await
                .or_stop("looking");
            let message: Value = serde_json::from_str(&body).or_stop("reading a message");
            assert_eq!(message["status"], status);
        }
    }
}

#[tokio::test]
async fn the_list_is_filtered_and_paged() {
    let gateway = ScriptedGateway::start().await;
    for to in [AMARA, "+447700900102", AMARA, AMARA] {
        send(&gateway, to).await;
    }
    let first = list(&gateway, "To=%2B447700900101&PageSize=2").await;
    assert_eq!(first["messages"].as_array().map(Vec::len), Some(2));
    let next = first["next_page_uri"].as_str().or_stop("a next page");
    let (_, query) = next.split_once('?').or_stop("a query");
    let second = list(&gateway, query).await;
    assert_eq!(second["messages"].as_array().map(Vec::len), Some(1));
    assert!(second["next_page_uri"].is_null());
}

#[tokio::test]
async fn it_is_reached_only_while_it_is_up_with_the_right_secret_and_nothing_in_between() {
    let mut gateway = ScriptedGateway::start().await;
    let wrong = hand_in(&gateway, AMARA);
    gateway.change_secret("another");
    assert_eq!(wrong.send().await.or_stop("asking").status(), 401);
    gateway.stand_behind(Some(Wall::Portal));
    assert_eq!(send(&gateway, AMARA).await.status(), 200);
    gateway.stand_behind(None);
    gateway.go_down();
    let gone = until(PATIENCE, async || {
        hand_in(&gateway, AMARA)
            .send()
            .await
            .err()
            .filter(reqwest::Error::is_connect)
    });
    gone.await.or_stop("waiting for the gateway to be gone");
    assert!(gateway.journal().all().is_empty());
    gateway.come_up().await;
    assert_eq!(send(&gateway, AMARA).await.status(), 201);
    assert_eq!(gateway.journal().doubles(), []);
}

#[tokio::test]
async fn kannel_takes_a_text_to_its_fake_smsc() {
    let gateway = Kannel::start().await;
    let query = [
        ("username", kannel::USER),
        ("password", kannel::PASSWORD),
        ("to", "447700900101"),
        ("text", "hello"),
    ];
    let url = format!("{}/cgi-bin/sendsms", gateway.address());
    let answer = client()
        .get(url)
        .query(&query)
        .send()
        .await
        .or_stop("handing in a text");
    assert_eq!(answer.status(), 202);
    let arrived = async || (gateway.journal() == ["447700900101"]).then_some(());
    until(PATIENCE, arrived)
        .await
        .or_stop("waiting for the text to reach the SMSC");
}
