//! Every screen: axe-core finds nothing in it, and Capture never has to be scrolled.

use placard_tests::pictures::{Size, Theme};
use placard_tests::screens::{self, Visitor};
use placard_tests::window::Window;

#[derive(Default)]
struct Inspector {
    screens: usize,
}

impl Visitor for Inspector {
    async fn look(&mut self, screen: &str, window: &Window<'_>) {
        self.screens += 1;
        for theme in [Theme::Dark, Theme::Light] {
            window.wear(theme).await;
            window.is_accessible(&format!("{screen}, {theme:?}")).await;
        }
        if screen.contains("capture") {
            window.resize(Size::SMALL).await;
            assert!(
                window.hidden_below().await < 1.0,
                "{screen} is taller than a small window"
            );
            let cut = window.cut_in_form().await;
            assert!(
                cut.is_empty(),
                "{screen} scrolls in a small window: {cut:?}"
            );
            window.resize(Size::USUAL).await;
        }
    }
}

#[tokio::test]
async fn every_screen_is_accessible_and_capture_never_scrolls() {
    let mut inspector = Inspector::default();
    screens::visit(&mut inspector).await;
    assert!(inspector.screens > 40, "{} screens", inspector.screens);
}
