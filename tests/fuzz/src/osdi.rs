//! An answer of a server that people are pushed to.
#![no_main]

use libfuzzer_sys::fuzz_target;
use placard_core::fuzzing::osdi;
// For its limit to memory.
use placard_fuzz as _;

fuzz_target!(|bytes: &[u8]| {
    osdi(bytes);
});
