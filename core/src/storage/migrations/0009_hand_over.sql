-- Laptops of one campaign hand their people to each other. What another laptop wrote says whose it is; what has no
-- laptop is this one's own.

ALTER TABLE campaign ADD COLUMN identity TEXT; -- the key that opens what others lock for this laptop

CREATE TABLE laptops (
    id BLOB NOT NULL PRIMARY KEY,
    name TEXT NOT NULL, -- whoever handed over there last
    recipient TEXT NOT NULL, -- the public key to lock files for it with; '' where it is not known
    suppression_key BLOB NOT NULL, -- what its hashes of erased numbers are keyed with
    heard_at INTEGER NOT NULL
) STRICT;

-- Whoever is erased on one laptop does not come back from another.
CREATE TABLE erased (
    supporter_id BLOB NOT NULL PRIMARY KEY,
    at INTEGER NOT NULL
) STRICT;

INSERT INTO erased (supporter_id, at)
SELECT id, removed_at
FROM supporters
WHERE removed_at IS NOT NULL
AND first_name = '' AND last_name = '' AND mobile IS NULL AND email = '' AND postcode = '';

-- Opt-outs of numbers that were erased on another laptop, by its keyed hashes.
CREATE TABLE forgotten_opt_outs (
    laptop BLOB NOT NULL,
    key BLOB NOT NULL,
    source TEXT NOT NULL,
    at INTEGER NOT NULL,
    recalled INTEGER NOT NULL DEFAULT 0 CHECK (recalled IN (0, 1)), -- the number came to be known again, and was opted out
    PRIMARY KEY (laptop, key)
) STRICT;

CREATE INDEX forgotten_opt_outs_open ON forgotten_opt_outs (laptop, key) WHERE recalled = 0;

-- Up to where each recipient has everything.
CREATE TABLE handed (
    recipient TEXT NOT NULL PRIMARY KEY, -- a public key; '' for whoever knows the passphrase
    at INTEGER NOT NULL,
    ledger INTEGER NOT NULL, -- the last row of each table that was handed over
    changes INTEGER NOT NULL,
    events INTEGER NOT NULL,
    inbound INTEGER NOT NULL
) STRICT;

-- Whom another laptop's file changed here, and when: they go on to the next.
CREATE TABLE taken_in (
    supporter_id BLOB NOT NULL PRIMARY KEY,
    at INTEGER NOT NULL
) STRICT;

CREATE INDEX taken_in_by_time ON taken_in (at);

ALTER TABLE shifts ADD COLUMN laptop BLOB;

ALTER TABLE supporters ADD COLUMN turns INTEGER NOT NULL DEFAULT 0; -- how often they went and came back

ALTER TABLE supporters ADD COLUMN withheld INTEGER NOT NULL DEFAULT 0 CHECK (withheld IN (0, 1)); -- not handed over: only that they exist

ALTER TABLE inbound ADD COLUMN withheld INTEGER NOT NULL DEFAULT 0 CHECK (withheld IN (0, 1));

ALTER TABLE captures ADD COLUMN laptop BLOB;

ALTER TABLE captures ADD COLUMN turns INTEGER NOT NULL DEFAULT 0; -- how often it was undone and done again

DROP INDEX captures_standing;

CREATE INDEX captures_standing ON captures (undone_at) WHERE undone_at IS NULL AND laptop IS NULL;

ALTER TABLE acts ADD COLUMN laptop BLOB;

CREATE INDEX acts_own ON acts (undone_at) WHERE laptop IS NULL;

-- A text is sent by the laptop that wrote it, and by no other. Elsewhere it is kept as not sent until it has gone.
ALTER TABLE texts ADD COLUMN laptop BLOB;

ALTER TABLE texts ADD COLUMN stands TEXT CHECK (stands IN ('waiting', 'sending', 'uncertain')); -- there, while that is open

DROP INDEX texts_one_confirmation;

CREATE UNIQUE INDEX texts_one_confirmation ON texts (mobile)
WHERE kind = 'confirmation' AND state <> 'not_sent' AND laptop IS NULL;

DROP INDEX texts_one_reminder;

CREATE UNIQUE INDEX texts_one_reminder ON texts (mobile) WHERE kind = 'reminder' AND laptop IS NULL;

CREATE INDEX texts_elsewhere ON texts (mobile) WHERE laptop IS NOT NULL;

-- Two laptops may each have worded a version of their own.
CREATE TABLE wordings_of_all (
    id BLOB NOT NULL PRIMARY KEY,
    purpose TEXT NOT NULL, -- a purpose's key, or 'privacy' for the privacy notice
    language TEXT NOT NULL, -- BCP 47
    version INTEGER NOT NULL,
    body TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    laptop BLOB
) STRICT;

INSERT INTO wordings_of_all (id, purpose, language, version, body, created_at)
SELECT id, purpose, language, version, body, created_at
FROM wordings
ORDER BY rowid;

DROP TABLE wordings;

ALTER TABLE wordings_of_all RENAME TO wordings;

CREATE UNIQUE INDEX wordings_own ON wordings (purpose, language, version) WHERE laptop IS NULL;

CREATE INDEX wordings_by_version ON wordings (purpose, language, version);

CREATE TRIGGER wordings_stay BEFORE UPDATE ON wordings
BEGIN
    SELECT raise(ABORT, 'a wording is never edited');
END;

-- What was said after what: by the clock, and never before what the laptop had heard by then.
DROP VIEW last_words;

DROP TRIGGER ledger_stays;

ALTER TABLE ledger ADD COLUMN heard INTEGER NOT NULL DEFAULT 0;

ALTER TABLE ledger ADD COLUMN withheld INTEGER NOT NULL DEFAULT 0 CHECK (withheld IN (0, 1)); -- who it was has not been handed over

UPDATE ledger
SET heard = ordered.heard
FROM (
    SELECT place, step + max(ahead) OVER (ORDER BY place) AS heard
    FROM (
        SELECT
            rowid AS place,
            row_number() OVER (ORDER BY rowid) AS step,
            at - row_number() OVER (ORDER BY rowid) AS ahead
        FROM ledger
    )
) AS ordered
WHERE ordered.place = ledger.rowid;

CREATE INDEX ledger_by_heard ON ledger (heard);

DROP INDEX ledger_by_supporter;

CREATE INDEX ledger_by_supporter ON ledger (supporter_id, purpose, heard, id) WHERE supporter_id IS NOT NULL;

CREATE TRIGGER ledger_stays BEFORE UPDATE ON ledger
WHEN
    new.id IS NOT old.id OR new.laptop IS NOT old.laptop OR new.number IS NOT old.number
    OR new.at IS NOT old.at OR new.zone IS NOT old.zone OR new.what IS NOT old.what
    OR new.purpose IS NOT old.purpose OR new.method IS NOT old.method
    OR new.capture_id IS NOT old.capture_id OR new.shift_id IS NOT old.shift_id
    OR new.wording_id IS NOT old.wording_id OR new.evidence_id IS NOT old.evidence_id
    OR new.about_id IS NOT old.about_id OR new.personal_digest IS NOT old.personal_digest
    OR new.previous IS NOT old.previous OR new.hash IS NOT old.hash OR new.heard IS NOT old.heard
    -- Somebody is taken out, or who it was comes from another laptop after all.
    OR (
        (new.personal IS NOT NULL OR new.salt IS NOT NULL OR new.supporter_id IS NOT NULL OR new.withheld <> 0)
        AND NOT (old.withheld = 1 AND new.withheld = 0)
    )
BEGIN
    SELECT raise(ABORT, 'the ledger is only added to');
END;

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
            AND (unsaid.heard, unsaid.id) > (given.heard, given.id)
            AND (unsaid.heard, unsaid.id) < (word.heard, word.id)
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
    AND (later.heard, later.id) > (word.heard, word.id)
    AND NOT EXISTS (
        SELECT 1 FROM ledger AS back WHERE back.about_id = later.id AND back.what = 'taken_back'
    )
);
