-- What is set in Settings is an act too, and is undone like the others.

-- A town has a million acts, and others point at them: the table is not made anew. A check that lets in more than it did
-- may be put right where the schema is kept (https://www.sqlite.org/lang_altertable.html#otheralter).
PRAGMA writable_schema = ON;

UPDATE sqlite_schema
SET sql = replace(sql, '''take_in''', '''take_in'', ''setting''')
WHERE type = 'table' AND name = 'acts';

PRAGMA writable_schema = RESET;

-- What an act set. Undoing it adds a turn, and doing it again another.
CREATE TABLE setting_changes (
    act_id BLOB NOT NULL REFERENCES acts (id),
    turn INTEGER NOT NULL, -- 0 as it was done, 1 as it was undone, 2 as it was done again, …
    what TEXT NOT NULL CHECK (what IN ('wording', 'template', 'purpose', 'language', 'rules', 'text', 'hold')),
    which TEXT NOT NULL, -- of what, and in which language; '' where there is only one
    before TEXT, -- none where there was nothing
    after TEXT,
    who TEXT NOT NULL, -- the canvasser of the shift; '' where nobody is named
    at INTEGER NOT NULL,
    PRIMARY KEY (act_id, turn)
) STRICT;
