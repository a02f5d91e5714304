//! Puts Tauri's configuration and the built screens into the program, and makes it smaller where it can.

use std::env;
use std::process::Command;

fn main() {
    tauri_build::build();
    println!("cargo:rerun-if-changed=build.rs");
    if knows_packed_relocations() {
        println!("cargo:rustc-link-arg-bins=-Wl,-z,pack-relative-relocs");
    }
}

/// Whether this system can start programs whose relocations are packed, 2 MB less of ours: since
/// glibc 2.36.
fn knows_packed_relocations() -> bool {
    let is_linux = env::var("CARGO_CFG_TARGET_OS").is_ok_and(|system| system == "linux");
    let is_built_for_here = env::var("TARGET").ok() == env::var("HOST").ok();
    is_linux && is_built_for_here && glibc().is_some_and(|version| version >= (2, 36))
}

/// The version of this machine's glibc, as `getconf` tells it: "glibc 2.36".
fn glibc() -> Option<(u32, u32)> {
    let answer = Command::new("getconf")
        .arg("GNU_LIBC_VERSION")
        .output()
        .ok()?;
    let answer = String::from_utf8(answer.stdout).ok()?;
    let (major, minor) = answer.trim().strip_prefix("glibc ")?.split_once('.')?;
    Some((major.parse().ok()?, minor.parse().ok()?))
}
