-- Whether somebody is there goes by what every laptop comes to hear, in whatever order; lists of numbers that nobody calls
-- and pairs that are two people are handed over too.

-- Words that say that somebody is there: that were not taken back. What was heard on the laptop whose capture brought them in
-- goes with that capture, but for the yes of a list.
CREATE VIEW words_for AS
SELECT word.supporter_id, word.laptop, word.number
FROM ledger AS word
WHERE word.supporter_id IS NOT NULL
AND word.what IN ('grant', 'refusal', 'confirmation', 'withdrawal')
AND NOT EXISTS (
    SELECT 1 FROM ledger AS back WHERE back.about_id = word.id AND back.what = 'taken_back'
)
AND (
    (word.what = 'grant' AND word.method = 'import')
    OR NOT EXISTS (
        SELECT 1
        FROM captures AS brought
        WHERE brought.supporter_id = word.supporter_id
        AND brought.kind = 'new'
        AND brought.undone_at IS NOT NULL
        -- A laptop that was put back to a backup goes by another name since, and hashes under the same key. A name that is
        -- none of the others' is this one's.
        AND coalesce(
            (SELECT laptops.suppression_key FROM laptops WHERE laptops.id = brought.laptop),
            (SELECT campaign.suppression_key FROM campaign)
        ) IS coalesce(
            (SELECT laptops.suppression_key FROM laptops WHERE laptops.id = word.laptop),
            (SELECT campaign.suppression_key FROM campaign)
        )
    )
);

-- For whom anything speaks: a capture that stands, a record that was made one with theirs, or a word. It is the same on each
-- laptop once all have heard the same, in whatever order.
CREATE VIEW spoken_for AS
SELECT supporters.id AS supporter_id
FROM supporters
WHERE
    EXISTS (
        SELECT 1 FROM captures WHERE captures.supporter_id = supporters.id AND captures.undone_at IS NULL
    )
    OR EXISTS (SELECT 1 FROM merges WHERE merges.kept_id = supporters.id AND merges.stands = 1)
    OR EXISTS (SELECT 1 FROM words_for WHERE words_for.supporter_id = supporters.id);

CREATE INDEX captures_that_brought ON captures (supporter_id) WHERE kind = 'new' AND undone_at IS NOT NULL;

ALTER TABLE imports ADD COLUMN laptop BLOB; -- whose list it is; none for this one's own

-- Of a list of numbers that nobody calls, and how often it was undone and done again.
ALTER TABLE imports ADD COLUMN undone_at INTEGER;

ALTER TABLE imports ADD COLUMN turns INTEGER NOT NULL DEFAULT 0;

-- A number is on every list that holds it, so that it stays on one when another is undone.
CREATE TABLE do_not_call_anew (
    key BLOB NOT NULL, -- keyed hash of the number, as an opt-out's on the laptop of the list
    import_id BLOB NOT NULL REFERENCES imports (id),
    PRIMARY KEY (key, import_id)
) STRICT;

INSERT INTO do_not_call_anew (key, import_id)
SELECT key, import_id
FROM do_not_call;

DROP TABLE do_not_call;

ALTER TABLE do_not_call_anew RENAME TO do_not_call;

CREATE INDEX do_not_call_by_import ON do_not_call (import_id);

ALTER TABLE not_the_same ADD COLUMN turns INTEGER NOT NULL DEFAULT 0; -- how often it was undone and done again

UPDATE not_the_same
SET turns = 1
WHERE stands = 0;

-- They go to whoever had a file before they were handed over.
INSERT INTO touched (serial, id)
SELECT
    coalesce((SELECT max(touched.serial) FROM touched), 0) + row_number() OVER (ORDER BY imports.rowid),
    imports.id
FROM imports
WHERE imports.kind = 'do_not_call';

INSERT INTO touched (serial, id)
SELECT
    coalesce((SELECT max(touched.serial) FROM touched), 0) + row_number() OVER (ORDER BY parted.one_id),
    parted.one_id
FROM (SELECT DISTINCT not_the_same.one_id FROM not_the_same) AS parted
WHERE true
ON CONFLICT (id) DO UPDATE SET serial = excluded.serial;

CREATE TRIGGER lists_come AFTER INSERT ON imports WHEN new.kind = 'do_not_call'
BEGIN
    INSERT INTO touched (serial, id) VALUES (coalesce((SELECT max(serial) FROM touched), 0) + 1, new.id)
    ON CONFLICT (id) DO UPDATE SET serial = excluded.serial;
END;

CREATE TRIGGER lists_turn AFTER UPDATE OF turns ON imports WHEN new.kind = 'do_not_call'
BEGIN
    INSERT INTO touched (serial, id) VALUES (coalesce((SELECT max(serial) FROM touched), 0) + 1, new.id)
    ON CONFLICT (id) DO UPDATE SET serial = excluded.serial;
END;

CREATE TRIGGER not_the_same_come AFTER INSERT ON not_the_same
BEGIN
    INSERT INTO touched (serial, id) VALUES (coalesce((SELECT max(serial) FROM touched), 0) + 1, new.one_id)
    ON CONFLICT (id) DO UPDATE SET serial = excluded.serial;
END;

CREATE TRIGGER not_the_same_turn AFTER UPDATE OF turns ON not_the_same
BEGIN
    INSERT INTO touched (serial, id) VALUES (coalesce((SELECT max(serial) FROM touched), 0) + 1, new.one_id)
    ON CONFLICT (id) DO UPDATE SET serial = excluded.serial;
END;
