//! Compiles what makes a run go as it went before.

fn main() {
    println!("cargo::rerun-if-changed=chance.c");
    // Whole: what asks for it does so weakly, and would be content with the system's.
    cc::Build::new()
        .file("chance.c")
        .link_lib_modifier("+whole-archive")
        .compile("chance");
}
