//! A workbook, as it comes or put together from parts.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use placard_core::fuzzing::Laptop;
use placard_fuzz::{OrStop, folder};

static GROUND: LazyLock<Laptop> = LazyLock::new(|| Laptop::new(&folder()).or_stop());

fuzz_target!(|bytes: &[u8]| {
    GROUND.excel(bytes).or_stop();
});
