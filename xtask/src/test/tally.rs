//! How many tests ran, read from the closing lines of the programs that ran them.

/// Tests that passed and that failed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// How many passed.
    pub passed: u32,
    /// How many failed.
    pub failed: u32,
}

impl Tally {
    /// All of cargo's closing lines together: "test result: ok. 12 passed; 0 failed; …".
    pub fn of_cargo(output: &str) -> Tally {
        let results = output
            .lines()
            .filter_map(|line| line.trim_start().strip_prefix("test result: "));
        results.fold(Tally::default(), |sum, line| Tally {
            passed: sum.passed + before(line, " passed;"),
            failed: sum.failed + before(line, " failed;"),
        })
    }

    /// Vitest's: "      Tests  1 failed | 12 passed (13)".
    pub fn of_vitest(output: &str) -> Tally {
        let line = output
            .lines()
            .find(|line| line.trim_start().starts_with("Tests "))
            .unwrap_or_default();
        Tally {
            passed: before(line, " passed"),
            failed: before(line, " failed"),
        }
    }

    /// Both together.
    pub fn and(self, other: Tally) -> Tally {
        Tally {
            passed: self.passed + other.passed,
            failed: self.failed + other.failed,
        }
    }
}

/// The number that stands just before `word`; none is zero.
fn before(line: &str, word: &str) -> u32 {
    line.split_once(word)
        .and_then(|(head, _)| head.rsplit(|c: char| !c.is_ascii_digit()).next())
        .and_then(|digits| digits.parse().ok())
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cargo_closes_once_for_each_program() {
        let output = "\
running 2 tests
test a ... ok
test result: ok. 2 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s

test result: FAILED. 10 passed; 3 failed; 0 ignored; 0 measured; 0 filtered out; finished in 1.20s
";
        assert_eq!(
            Tally::of_cargo(output),
            Tally {
                passed: 12,
                failed: 3
            }
        );
        assert_eq!(
            Tally::of_cargo("error: could not compile"),
            Tally::default()
        );
    }

    #[test]
    fn vitest_closes_with_its_tests() {
        let good =
            " Test Files  4 passed (4)\n      Tests  31 passed (31)\n   Start at  10:00:00\n";
        assert_eq!(
            Tally::of_vitest(good),
            Tally {
                passed: 31,
                failed: 0
            }
        );
        let bad = "      Tests  1 failed | 30 passed (31)\n";
        assert_eq!(
            Tally::of_vitest(bad),
            Tally {
                passed: 30,
                failed: 1
            }
        );
        assert_eq!(Tally::of_vitest(""), Tally::default());
    }
}
