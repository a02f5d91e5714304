use super::*;

#[test]
fn every_table_either_comes_over_or_stays_by_decision() -> Result<()> {
    let schema = super::super::current_schema()?;
    let of_search = |name: &str| schema.contains(&format!("CREATE VIRTUAL TABLE {name}"));
    for line in schema.lines() {
        let Some(rest) = line.strip_prefix("CREATE TABLE ") else {
            continue;
        };
        let name = rest
            .split(['(', ' '])
            .next()
            .unwrap_or_default()
            .trim_matches(['"', '\'']);
        let shadow = name.rsplit_once('_').is_some_and(|(of, _)| of_search(of));
        assert!(
            shadow || LEFT.contains(&name) || TABLES.iter().any(|(table, ..)| *table == name),
            "does {name} come over when a broken vault is salvaged?"
        );
    }
    Ok(())
}
