//! A real Kannel, asked by Placard's own gateway.

use std::sync::Arc;

use placard_core::clock::SystemClock;
use placard_core::gateways::{self, Gateway, KannelSettings, News, Pushed, parse_address};
use tokio::sync::mpsc;

use super::*;
use crate::waiting::at_most;

const AMARA: &str = "447700900101";

#[tokio::test]
async fn a_text_from_a_phone_comes_until_it_is_kept_and_the_phone_hears_nothing() {
    let mut kannel = Kannel::start().await;
    let [port] = ports::free();
    let settings = KannelSettings {
        gateway_address: parse_address(&kannel.address()).or_stop("reading an address"),
        user_name: USER.to_owned(),
        password: PASSWORD.into(),
        sender: SENDER.to_owned(),
        report_address: format!("127.0.0.1:{port}"),
        report_secret: "0123456789abcdef".to_owned(),
    };
    let service = settings.inbound_service().or_stop("writing the service");
    kannel.hand_over(&service).await;
    let gateway = gateways::Kannel::new(settings, Arc::new(SystemClock));
    let gateway = gateway.or_stop("setting up Kannel");

    // Placard is closed when the text comes.
    kannel.receive(AMARA, "STOP  please, é & 100%");
    let (to, mut pushed) = mpsc::channel(8);
    let _listening = gateway.listen(to).await.or_stop("listening");

    let mut ids = Vec::new();
    for is_kept in [false, true] {
        let Pushed { news, written } = next(&mut pushed).await;
        let News::Inbound(text) = news else {
            panic!("{news:?}");
        };
        assert_eq!(text.from, AMARA);
        assert_eq!(text.to, SENDER);
        assert_eq!(text.body, "STOP  please, é & 100%");
        ids.push(text.provider_id);
        if is_kept {
            written.send(()).ok().or_stop("keeping it");
        }
    }
    assert_eq!(ids[0], ids[1], "it is the same text");

    kannel.receive(AMARA, "HELP");
    let Pushed { news, written } = next(&mut pushed).await;
    written.send(()).ok().or_stop("keeping it");
    assert!(
        matches!(&news, News::Inbound(text) if text.body == "HELP" && text.provider_id != ids[0]),
        "what was kept came again"
    );
    assert_eq!(
        kannel.journal(),
        Vec::<String>::new(),
        "the phone was answered"
    );

    gateway.check().await;
    let apart = gateway.clock_offset().or_stop("comparing the clocks");
    // It tells the time of the gateways, which goes on from when its programs were started.
    let off = apart - noon::apart();
    assert!(off.num_seconds().abs() <= 60, "{off}");
}

async fn next(pushed: &mut mpsc::Receiver<Pushed>) -> Pushed {
    let pushed = at_most(PATIENCE, pushed.recv()).await;
    pushed.flatten().or_stop("waiting for a text")
}
