//! Memory as a machine feels it: the proportional share (PSS) of a program and all it started.

use std::collections::HashMap;
use std::fs;

/// PSS of the process and its descendants together, in KiB. Processes that end meanwhile count nothing.
pub fn of_tree(root: u32) -> u64 {
    let parents = parents();
    let mut tree = vec![root];
    let mut next = 0;
    while let Some(&parent) = tree.get(next) {
        tree.extend(
            parents
                .iter()
                .filter(|(_, of)| **of == parent)
                .map(|(id, _)| *id),
        );
        next += 1;
    }
    tree.iter()
        .filter_map(|id| fs::read_to_string(format!("/proc/{id}/smaps_rollup")).ok())
        .filter_map(|rollup| pss(&rollup))
        .sum()
}

/// Every process and its parent.
fn parents() -> HashMap<u32, u32> {
    let Ok(processes) = fs::read_dir("/proc") else {
        return HashMap::new();
    };
    processes
        .filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok())
        .filter_map(|id: u32| {
            let stat = fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
            Some((id, parent(&stat)?))
        })
        .collect()
}

/// The parent in `/proc/<id>/stat`. The program's name before it may hold spaces and brackets.
fn parent(stat: &str) -> Option<u32> {
    let (_, rest) = stat.rsplit_once(')')?;
    rest.split_whitespace().nth(1)?.parse().ok()
}

fn pss(rollup: &str) -> Option<u64> {
    let line = rollup.lines().find_map(|line| line.strip_prefix("Pss:"))?;
    line.trim().strip_suffix("kB")?.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_with_brackets_hides_no_parent() {
        assert_eq!(parent("42 (a) b (c) S 7 42 42 0"), Some(7));
        assert_eq!(parent("nonsense"), None);
    }

    #[test]
    fn the_proportional_share_is_read() {
        let rollup = "55d0-7ffe ---p 00000000 00:00 0 [rollup]\nRss: 9000 kB\nPss:                4321 kB\nPss_Dirty: 17 kB\n";
        assert_eq!(pss(rollup), Some(4321));
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_running_program_takes_memory() {
        assert!(of_tree(std::process::id()) > 0);
    }
}
