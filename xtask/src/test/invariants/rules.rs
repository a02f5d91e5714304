//! The rules themselves: words and where they belong, modules and what is built on them.

/// A word that belongs in one place only.
pub struct Fence {
    /// As it stands in a line.
    pub word: &'static str,
    /// Where the rule holds.
    pub within: &'static [&'static str],
    /// Where, inside that, the word is at home.
    pub home: &'static [&'static str],
    /// Which files are looked at.
    pub endings: &'static [&'static str],
    /// Whether it holds for tests too.
    pub tests: bool,
    /// The rule.
    pub why: &'static str,
}

/// Words and their places.
pub const FENCES: &[Fence] = &[
    Fence {
        word: "tauri",
        within: &["core"],
        home: &[],
        endings: &["rs", "toml"],
        tests: true,
        why: "the core knows no window",
    },
    Fence {
        word: "rusqlite",
        within: &["core/src", "src-tauri"],
        home: &["core/src/storage"],
        endings: &["rs"],
        tests: true,
        why: "only core/src/storage speaks to the vault",
    },
    Fence {
        word: "reqwest",
        within: &["core/src", "src-tauri"],
        home: &["core/src/gateways"],
        endings: &["rs"],
        tests: true,
        why: "only core/src/gateways speaks to the network",
    },
    Fence {
        word: "@tauri-apps/",
        within: &["ui/src"],
        home: &["ui/src/api"],
        endings: &["ts", "svelte", "js"],
        tests: true,
        why: "only ui/src/api speaks to the shell",
    },
    Fence {
        word: "Utc::now",
        within: &["core/src"],
        home: &["core/src/clock.rs"],
        endings: &["rs"],
        tests: false,
        why: "time comes from the clock that is passed in",
    },
    Fence {
        word: "Local::now",
        within: &["core/src"],
        home: &["core/src/clock.rs"],
        endings: &["rs"],
        tests: false,
        why: "time comes from the clock that is passed in",
    },
    Fence {
        word: "SystemTime::now",
        within: &["core/src"],
        home: &["core/src/clock.rs"],
        endings: &["rs"],
        tests: false,
        why: "time comes from the clock that is passed in",
    },
    Fence {
        word: "new_v4",
        within: &["core", "src-tauri"],
        home: &[],
        endings: &["rs"],
        tests: true,
        why: "every id is a UUIDv7",
    },
    Fence {
        word: "println!",
        within: &["core/src"],
        home: &[],
        endings: &["rs"],
        tests: false,
        why: "nothing of a campaign is written outside the vault",
    },
    Fence {
        word: "eprintln!",
        within: &["core/src"],
        home: &[],
        endings: &["rs"],
        tests: false,
        why: "nothing of a campaign is written outside the vault",
    },
    Fence {
        word: "dbg!",
        within: &["core/src"],
        home: &[],
        endings: &["rs"],
        tests: true,
        why: "nothing of a campaign is written outside the vault",
    },
    Fence {
        word: "#[ignore",
        within: &["core", "src-tauri", "tests", "xtask"],
        // This file has to name the word to forbid it.
        home: &["xtask/src/test"],
        endings: &["rs"],
        tests: true,
        why: "a test is never skipped",
    },
    Fence {
        word: "thread::sleep",
        within: &["core", "src-tauri", "tests"],
        home: &[],
        endings: &["rs"],
        tests: true,
        why: "what is awaited is waited for, not slept through",
    },
];

/// A folder of core that may not know what is built on top of it.
pub struct Floor {
    /// The module.
    pub folder: &'static str,
    /// What it may not name.
    pub above: &'static [&'static str],
}

/// Rules are plain functions over plain types; a gateway knows no vault.
pub const FLOORS: &[Floor] = &[
    Floor {
        folder: "people",
        above: &[
            "consent", "texts", "storage", "gateways", "sender", "campaign",
        ],
    },
    Floor {
        folder: "texts",
        above: &["consent", "storage", "gateways", "sender", "campaign"],
    },
    Floor {
        folder: "consent",
        above: &["storage", "gateways", "sender", "campaign"],
    },
    Floor {
        folder: "gateways",
        above: &["storage", "sender", "campaign"],
    },
    Floor {
        folder: "storage",
        above: &["sender", "campaign"],
    },
];
