-- Two records that are one person's. The one that went stays, removed, and is read with the one that was kept.
CREATE TABLE merges (
    act_id BLOB NOT NULL PRIMARY KEY REFERENCES acts (id),
    kept_id BLOB NOT NULL REFERENCES supporters (id),
    gone_id BLOB NOT NULL REFERENCES supporters (id),
    stands INTEGER NOT NULL CHECK (stands IN (0, 1)),
    ledger_before INTEGER NOT NULL, -- the ledger's last row before it: what they said since is after it
    CHECK (kept_id <> gone_id)
) STRICT;

CREATE INDEX merges_by_kept ON merges (kept_id);

CREATE UNIQUE INDEX merges_standing ON merges (gone_id) WHERE stands = 1;

CREATE INDEX merges_by_gone ON merges (gone_id);

-- When it was done, undone and done again.
CREATE TABLE merge_turns (
    act_id BLOB NOT NULL REFERENCES merges (act_id),
    turn INTEGER NOT NULL, -- 0 as it was done, 1 as it was undone, 2 as it was done again, …
    who TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (act_id, turn)
) STRICT;

-- What it wrote into the ledger, until Undo takes that back.
CREATE TABLE merge_entries (
    act_id BLOB NOT NULL REFERENCES merges (act_id),
    entry_id BLOB NOT NULL REFERENCES ledger (id),
    PRIMARY KEY (act_id, entry_id)
) STRICT;

CREATE INDEX merge_entries_by_entry ON merge_entries (entry_id);

-- The texts that it moved, as they stood before it.
CREATE TABLE merge_texts (
    act_id BLOB NOT NULL REFERENCES merges (act_id),
    text_id BLOB NOT NULL, -- may be erased meanwhile
    supporter_id BLOB NOT NULL REFERENCES supporters (id),
    state TEXT NOT NULL,
    reason TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    PRIMARY KEY (act_id, text_id)
) STRICT;

-- Pairs that somebody has looked at: two people.
CREATE TABLE not_the_same (
    act_id BLOB NOT NULL PRIMARY KEY REFERENCES acts (id),
    one_id BLOB NOT NULL REFERENCES supporters (id),
    other_id BLOB NOT NULL REFERENCES supporters (id),
    stands INTEGER NOT NULL CHECK (stands IN (0, 1)),
    CHECK (one_id < other_id)
) STRICT;

CREATE INDEX not_the_same_by_pair ON not_the_same (one_id, other_id);

CREATE INDEX not_the_same_by_other ON not_the_same (other_id);

-- Pairs that may be one person, as they were found last. Whatever a pair was found by can only change by a trigger
-- below, so that what is listed is so.
CREATE TABLE duplicates (
    one_id BLOB NOT NULL REFERENCES supporters (id),
    other_id BLOB NOT NULL REFERENCES supporters (id),
    because TEXT NOT NULL CHECK (because IN ('number', 'email', 'likeness')),
    score INTEGER NOT NULL, -- of a thousand
    found_at INTEGER NOT NULL,
    away INTEGER NOT NULL DEFAULT 0, -- how many of the two are removed
    parted INTEGER NOT NULL DEFAULT 0 CHECK (parted IN (0, 1)), -- somebody has said that they are two people
    PRIMARY KEY (one_id, other_id),
    CHECK (one_id < other_id)
) STRICT;

CREATE INDEX duplicates_ranked ON duplicates (score DESC, one_id, other_id) WHERE away = 0 AND parted = 0;

CREATE INDEX duplicates_by_other ON duplicates (other_id);

CREATE TABLE duplicates_looked (
    only INTEGER NOT NULL PRIMARY KEY CHECK (only = 1),
    at INTEGER NOT NULL
) STRICT;

-- The pairs of the person whose details a merge changed, for Undo: the trigger takes them away.
CREATE TABLE merge_pairs (
    act_id BLOB NOT NULL REFERENCES merges (act_id),
    one_id BLOB NOT NULL REFERENCES supporters (id),
    other_id BLOB NOT NULL REFERENCES supporters (id),
    because TEXT NOT NULL,
    score INTEGER NOT NULL,
    found_at INTEGER NOT NULL,
    PRIMARY KEY (act_id, one_id, other_id)
) STRICT;

CREATE INDEX merge_pairs_by_one ON merge_pairs (one_id);

CREATE INDEX merge_pairs_by_other ON merge_pairs (other_id);

CREATE TRIGGER duplicates_change
AFTER UPDATE OF first_name, last_name, mobile, email, postcode, household_id ON supporters
WHEN
    new.first_name IS NOT old.first_name OR new.last_name IS NOT old.last_name
    OR new.mobile IS NOT old.mobile OR new.email IS NOT old.email
    OR new.postcode IS NOT old.postcode OR new.household_id IS NOT old.household_id
BEGIN
    DELETE FROM duplicates WHERE one_id = new.id;
    DELETE FROM duplicates WHERE other_id = new.id;
END;

CREATE TRIGGER duplicates_go AFTER UPDATE OF removed_at ON supporters
WHEN (new.removed_at IS NULL) <> (old.removed_at IS NULL)
BEGIN
    UPDATE duplicates SET away = away + CASE WHEN new.removed_at IS NULL THEN -1 ELSE 1 END
    WHERE one_id = new.id;
    UPDATE duplicates SET away = away + CASE WHEN new.removed_at IS NULL THEN -1 ELSE 1 END
    WHERE other_id = new.id;
END;

-- Whoever had a number and was merged is found by it.
CREATE INDEX supporters_gone_by_mobile ON supporters (mobile)
WHERE mobile IS NOT NULL AND removed_at IS NOT NULL;

-- As before, but for a proof that was taken back: what a merge copied counts no more once it is undone.
DROP VIEW last_words;

CREATE VIEW last_words AS
SELECT
    word.id,
    word.supporter_id,
    word.purpose,
    word.what,
    word.wording_id,
    word.capture_id,
    -- Proved for the number that they have now, and not unsaid since.
    word.what = 'grant'
    AND EXISTS (
        SELECT 1
        FROM ledger AS proof
        JOIN ledger AS given ON given.id = proof.about_id
        WHERE proof.supporter_id = word.supporter_id
        AND proof.purpose = word.purpose
        AND proof.what = 'confirmation'
        AND json_extract(proof.personal, '$.mobile') IS (
            SELECT supporters.mobile FROM supporters WHERE supporters.id = word.supporter_id
        )
        AND NOT EXISTS (
            SELECT 1 FROM ledger AS back WHERE back.about_id = proof.id AND back.what = 'taken_back'
        )
        AND NOT EXISTS (
            SELECT 1
            FROM ledger AS unsaid
            WHERE unsaid.supporter_id = word.supporter_id
            AND unsaid.purpose = word.purpose
            AND unsaid.what IN ('refusal', 'withdrawal')
            AND unsaid.rowid > given.rowid
            AND unsaid.rowid < word.rowid
            AND NOT EXISTS (
                SELECT 1 FROM ledger AS back WHERE back.about_id = unsaid.id AND back.what = 'taken_back'
            )
        )
    ) AS confirmed
FROM ledger AS word
WHERE word.supporter_id IS NOT NULL
AND word.what IN ('grant', 'refusal', 'withdrawal')
AND NOT EXISTS (
    SELECT 1 FROM ledger AS back WHERE back.about_id = word.id AND back.what = 'taken_back'
)
AND NOT EXISTS (
    SELECT 1
    FROM ledger AS later
    WHERE later.supporter_id = word.supporter_id
    AND later.purpose = word.purpose
    AND later.what IN ('grant', 'refusal', 'withdrawal')
    AND later.rowid > word.rowid
    AND NOT EXISTS (
        SELECT 1 FROM ledger AS back WHERE back.about_id = later.id AND back.what = 'taken_back'
    )
);
