//! The example that goes with the specification: any other program has to come to the same hashes.

use super::exported::{project, python, python_on};
use super::*;

const FILE: &str = "tests/ledger-example.jsonl";

#[test]
fn the_example_file_is_what_the_ledger_writes() {
    let file = std::fs::read_to_string(project(FILE)).unwrap();
    assert_eq!(file, export(&example()));
    assert!(check_export(file.as_bytes()).is_ok());
}

#[test]
fn the_independent_checker_finds_the_example_whole() {
    let entries = example();
    let (whole, said) = python(&project(FILE), &[]);
    assert!(whole, "{said}");
    assert_eq!(
        said.replace("\r\n", "\n"),
        format!(
            "Whole: 7 entries of 2 laptops, 2 wordings.\n\
             laptop {FIRST_LAPTOP}: entry 4, {} (0 erased)\n\
             laptop {SECOND_LAPTOP}: entry 3, {} (1 erased)\n",
            entries[6].hash, entries[5].hash
        )
    );
}

#[test]
fn the_independent_checker_names_what_was_tampered_with() {
    let file = std::fs::read_to_string(project(FILE)).unwrap();
    let changed = file.replacen("\"what\":\"refusal\"", "\"what\":\"grant\"", 1);
    let (whole, said) = python_on("changed", changed.as_bytes());
    assert!(!whole);
    assert!(
        said.contains("entry 3 of laptop 0196d0c4-0000-7000-8000-0000000000a1")
            && said.contains("its hash does not fit"),
        "{said}"
    );
}

#[test]
fn the_independent_checker_finds_a_cut_end_with_the_seal() {
    let entries = example();
    let head = entries[6].head().to_string();
    let seal: Vec<&str> = std::iter::once("--seal")
        .chain(head.trim_start_matches("entry ").split(' '))
        .collect();
    assert!(python(&project(FILE), &seal).0);
    let cut = export(&entries[..6]);
    assert!(python_on("cut", cut.as_bytes()).0);
    let file = std::env::temp_dir().join(format!("placard-ledger-cut-{}", std::process::id()));
    std::fs::write(&file, cut).unwrap();
    let (whole, said) = python(&file, &seal);
    std::fs::remove_file(&file).unwrap();
    assert!(!whole && said.contains("cut short"), "{said}");
}

#[test]
fn the_specification_shows_the_example() {
    let specification = std::fs::read_to_string(project("docs/LEDGER.md")).unwrap();
    let first = &example()[0];
    let personal = &first.facts.personal;
    for shown in [
        first.facts.canonical(),
        first.hash.to_string(),
        personal.to_string(),
    ] {
        assert!(specification.contains(&shown), "{shown}");
    }
    for word in What::ALL
        .map(What::word)
        .into_iter()
        .chain(Method::ALL.map(Method::word))
    {
        assert!(specification.contains(&format!("`{word}`")), "{word}");
    }
}
