//! Placard's own commands, called by a page without manners.

use std::collections::BTreeSet;

use crate::window::Window;

/// What the window may call, as it is made from the shell's commands.
const BINDINGS: &str = include_str!("../../ui/src/api/bindings.ts");

/// What calls one there; its name comes first of what it takes.
const CALL: &str = "__TAURI_INVOKE";

/// Calls one by its name alone and tells what came of it: the code of its refusal, or what else was said.
const ASK: &str = "
    const done = arguments[arguments.length - 1];
    window.__TAURI_INTERNALS__.invoke(arguments[0]).then(
      () => done('it answers'),
      (refusal) => done(refusal?.code ?? `refused for another reason: ${JSON.stringify(refusal)}`),
    );";

/// The names of all commands.
#[must_use]
pub fn all() -> BTreeSet<&'static str> {
    let calls = BINDINGS.lines().filter_map(|line| line.split_once(CALL));
    let named = calls.filter_map(|(_, taken)| taken.split_once("(\""));
    named
        .filter_map(|(_, name)| name.split_once('"'))
        .map(|(name, _)| name)
        .collect()
}

impl Window<'_> {
    /// What the core says to a command that is called without anything that it takes: the code of its refusal, where
    /// it has one. A command that is refused whatever it takes is refused so; one that is not asks for what is missing.
    pub async fn core_says(&self, command: &str) -> String {
        let asked = async {
            let asked = self.page().execute_async(ASK, vec![command.into()]);
            asked.await?.convert()
        };
        self.must("asking the core", asked).await
    }
}
