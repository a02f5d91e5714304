//! A file that says it is a backup, a label behind a good database, the header of a vault.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use placard_core::fuzzing::Stick;
use placard_fuzz::{OrStop, folder};

static GROUND: LazyLock<Stick> = LazyLock::new(|| Stick::new(&folder()).or_stop());

fuzz_target!(|bytes: &[u8]| {
    GROUND.backup(bytes).or_stop();
});
