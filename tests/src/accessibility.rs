//! What axe-core finds in a screen.

use std::fs;
use std::path::Path;

use serde::Deserialize;
use serde_json::json;

use crate::waiting::OrStop;
use crate::window::Window;

/// Gives only what a report needs: the rule, what it asks for, and where it is broken.
const RUN: &str = "
    const done = arguments[arguments.length - 1];
    axe.run(document, { resultTypes: ['violations'] }).then(
      (found) => done(found.violations.map(({ id, help, nodes }) => ({ id, help, nodes: nodes.map((node) => node.html.slice(0, 200)) }))),
      (error) => done([{ id: 'axe', help: String(error), nodes: [] }]),
    );";

/// A rule that a screen breaks.
#[derive(Debug, Deserialize)]
struct Violation {
    id: String,
    help: String,
    nodes: Vec<String>,
}

impl Window<'_> {
    /// Stops the journey where axe-core finds anything in the screen as it is now.
    pub async fn is_accessible(&self, screen: &str) {
        let file =
            Path::new(env!("CARGO_MANIFEST_DIR")).join("../ui/node_modules/axe-core/axe.min.js");
        let axe = fs::read_to_string(file).or_stop("reading axe-core (npm ci in ui brings it)");
        // Evaluated by the page itself, where it sees the same document.
        let loaded = self
            .page()
            .execute(format!("if (!window.axe) {{ {axe} }}"), vec![json!(null)]);
        self.must("loading axe-core", loaded).await;
        // A colour that is on its way to another is neither.
        let still = async |page: &thirtyfour::WebDriver| {
            let moving = page.execute("return document.getAnimations().length", vec![]);
            moving.await?.convert::<usize>().map(|moving| moving == 0)
        };
        self.until("nothing to move any more", still).await;
        let run = async {
            self.page()
                .execute_async(RUN, vec![])
                .await?
                .convert::<Vec<Violation>>()
        };
        let found = self.must("running axe-core", run).await;
        if !found.is_empty() {
            let listed: Vec<String> = found
                .iter()
                .map(|broken| {
                    format!(
                        "{}: {}\n    {}",
                        broken.id,
                        broken.help,
                        broken.nodes.join("\n    ")
                    )
                })
                .collect();
            self.stop(&format!(
                "axe-core finds in {screen}:\n  {}",
                listed.join("\n  ")
            ))
            .await;
        }
    }
}
