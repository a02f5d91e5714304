//! `cargo xtask bless`: writes what is generated and kept in the repository anew.

use crate::error::Result;
use crate::packages::{self, Need};
use crate::{rust, step::Step, ui};

/// The tests that guard the generated bindings and the schema write them anew when they are blessed.
pub fn bless() -> Result<()> {
    packages::install(&[Need::Building])?;
    // The app compiles its screens in, so some screens have to be there; which ones does not matter.
    ui::build_once()?;
    let mut tests = rust::cargo(&[
        "test",
        "--workspace",
        "--locked",
        "--lib",
        "--bins",
        rust::GUARDS,
    ]);
    tests.env("PLACARD_BLESS", "1");
    Step::new("Writing the bindings and the schema anew", tests).run()?;
    println!("\nLook at what changed with `git diff` before you keep it.");
    Ok(())
}
