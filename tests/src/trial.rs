use crate::journey::Journey;
use crate::laptop::Laptop;
use crate::look;
use crate::people::*;
use crate::pictures::*;
use std::time::Instant;
use thirtyfour::{Key, WebDriver};
async fn goto(w: &crate::window::Window<'_>, scene: &str, hash: &str) {
    let u = format!("http://127.0.0.1:8123/?scene={scene}{hash}");
    w.page().goto("about:blank").await.ok();
    w.page().goto(&u).await.unwrap();
    w.until("x", async |p: &WebDriver| {
        Ok(look::text(p).await?.len() > 20)
    })
    .await;
}
#[tokio::test]
async fn trial() {
    let t = Instant::now();
    let day = Journey::begin("trial").await;
    let w = day.open().await;
    println!("open {:?}", t.elapsed());
    goto(&w, "few", "").await;
    w.resize(Size::USUAL).await;
    println!("resized");
    w.resize(Size::SMALL).await;
    println!(
        "small ok; hidden {} cut {:?}",
        w.hidden_below().await,
        w.cut_in_form().await
    );
    w.resize(Size::USUAL).await;
    let t = Instant::now();
    w.type_person(&amara()).await;
    println!("typed {:?}", t.elapsed());
    println!("mobile {:?}", w.field("Mobile").value().await);
    println!("{}", w.text().await);
    let t = Instant::now();
    w.press(Key::Enter).await;
    println!("panel {:?} {:?}", t.elapsed(), w.focused().await);
    goto(&w, "", "").await;
    let p = sian();
    w.type_person(&p).await;
    w.picture(std::path::Path::new("/tmp/trial1.png")).await;
    let t = Instant::now();
    w.press_times(6, Key::Enter).await;
    println!("six {:?}", t.elapsed());
    w.called_saved(&p).await;
    let t = Instant::now();
    w.capture_over(&Person::numbered(5)).await;
    println!("over {:?}", t.elapsed());
    w.type_person(&Person::numbered(6)).await;
    w.button("Save").double_click().await;
    w.called_saved(&Person::numbered(6)).await;
    println!("saved rows: {:?}", w.told(&["Passer"]).await);
    w.undo(&Person::numbered(6)).await;
    w.type_person(&Person {
        mobile: "٠٧٧٠٠٩٠٠١٠١".into(),
        ..sian()
    })
    .await;
    println!("arabic {:?}", w.field("Mobile").value().await);
    println!("first {:?}", w.field("First name").value().await);
    for typed in ["'7700900101", "tel:+44-7700-900101", "+44 (0)7700 900101"] {
        w.field("Mobile").fill(typed).await;
        println!("{typed} {:?}", w.field("Mobile").value().await);
    }
    println!(
        "{:?}",
        w.name_of_button(|n| n.ends_with("change the shift")).await
    );
    w.press(Key::F1).await;
    w.button("Close").click().await;
    let mut album = Album::new("/tmp/trial-album".into());
    album.screen(&w, "capture").await;
    w.is_accessible("capture").await;
    goto(&w, "every_state", "#/texts").await;
    println!("{:#?}", w.all_texts().await);
    println!("live {:?}", w.told(&["What the gateway said"]).await.len());
    goto(&w, "every_state", "#/people").await;
    let t = Instant::now();
    println!("{:#?} {:?}", w.people_listed().await, t.elapsed());
    goto(&w, "many", "#/people").await;
    for _ in 0..5 {
        let d = look::drawn(w.page(), "People").await.unwrap();
        println!(
            "{} of {}: {:?} .. {:?}",
            d.rows.len(),
            d.of,
            d.rows.first(),
            d.rows.last()
        );
        look::further(w.page(), "People").await.unwrap();
    }
    goto(&w, "many", "#/texts").await;
    println!(
        "more: {:?}",
        w.name_of_button(|n| n.starts_with("Show ")).await
    );
    goto(&w, "", "#/settings").await;
    w.select("Gateway").choose("Kannel").await;
    w.field("Report address").appears().await;
    w.select("Gateway").choose("Twilio").await;
    w.field("Account SID").appears().await;
    w.button("Save gateway").click().await;
    w.says("The gateway is not saved yet").await;
    w.go_to("Confirmation text").await;
    w.field("Confirmation text")
        .fill("Hi {first_name}, you’re in! {campaign}")
        .await;
    println!("{:?}", w.field("Confirmation text").value().await);
    w.go_to("Looks").await;
    w.radio("Dark").click().await;
    w.go_to("Passphrase and recovery code").await;
    w.network_comes_back().await;
    w.press_with(Key::Alt, '1').await;
    w.focus_is_on("First name").await;
    w.kill().await;
    let l = Laptop::new().with_small_disk(8 * 1024 * 1024);
    let w = day.open_on(&l).await;
    std::fs::write(l.data_seen_by_app().join("x"), "y").unwrap();
    l.fill_disk();
    println!(
        "full: {:?}",
        std::fs::write(l.data_seen_by_app().join("z"), vec![1u8; 9000]).map_err(|e| e.kind())
    );
    l.free_disk();
    println!(
        "free: {:?}",
        std::fs::write(l.data_seen_by_app().join("z"), vec![1u8; 9000])
    );
    println!("{:?}", l.snapshot_of_running() == l.snapshot());
    drop(w);
}
