-- What a file goes on from is said by what only ever grows, never by a clock, and whoever takes files in keeps how far
-- they have come.

-- What changed after it was there: a person, a text from a phone or an entry of the ledger, each where it stands last.
CREATE TABLE touched (
    serial INTEGER NOT NULL PRIMARY KEY, -- grows with each: the last one is never taken away
    id BLOB NOT NULL UNIQUE
) STRICT;

CREATE TRIGGER supporters_touched AFTER UPDATE ON supporters
BEGIN
    INSERT INTO touched (serial, id) VALUES (coalesce((SELECT max(serial) FROM touched), 0) + 1, new.id)
    ON CONFLICT (id) DO UPDATE SET serial = excluded.serial;
END;

CREATE TRIGGER captures_touched AFTER UPDATE OF undone_at ON captures
BEGIN
    INSERT INTO touched (serial, id) VALUES (coalesce((SELECT max(serial) FROM touched), 0) + 1, new.supporter_id)
    ON CONFLICT (id) DO UPDATE SET serial = excluded.serial;
END;

CREATE TRIGGER inbound_touched AFTER UPDATE ON inbound
BEGIN
    INSERT INTO touched (serial, id) VALUES (coalesce((SELECT max(serial) FROM touched), 0) + 1, new.id)
    ON CONFLICT (id) DO UPDATE SET serial = excluded.serial;
END;

CREATE TRIGGER ledger_touched AFTER UPDATE ON ledger
BEGIN
    INSERT INTO touched (serial, id) VALUES (coalesce((SELECT max(serial) FROM touched), 0) + 1, new.id)
    ON CONFLICT (id) DO UPDATE SET serial = excluded.serial;
END;

CREATE TRIGGER text_events_touch AFTER INSERT ON text_events
BEGIN
    INSERT INTO touched (serial, id)
    SELECT coalesce((SELECT max(serial) FROM touched), 0) + 1, texts.supporter_id
    FROM texts
    WHERE texts.id = new.text_id AND texts.supporter_id IS NOT NULL
    ON CONFLICT (id) DO UPDATE SET serial = excluded.serial;
END;

DROP TABLE taken_in;

CREATE INDEX acts_that_took_in ON acts (at) WHERE kind = 'take_in';

-- Up to where each recipient has everything: the last row of each table then. What was marked until now went by the
-- clock, so everybody is handed everything once more.
CREATE TABLE handed_anew (
    recipient TEXT NOT NULL PRIMARY KEY, -- a public key; '' for whoever knows the passphrase
    at INTEGER NOT NULL,
    laptop BLOB, -- by which name of this laptop: under another one it begins anew
    people INTEGER NOT NULL DEFAULT 0,
    touched INTEGER NOT NULL DEFAULT 0,
    ledger INTEGER NOT NULL DEFAULT 0,
    inbound INTEGER NOT NULL DEFAULT 0
) STRICT;

INSERT INTO handed_anew (recipient, at)
SELECT recipient, at
FROM handed
ORDER BY at;

DROP TABLE handed;

ALTER TABLE handed_anew RENAME TO handed;

-- Up to where everything of another laptop has come in here.
CREATE TABLE come_in (
    laptop BLOB NOT NULL PRIMARY KEY,
    people INTEGER NOT NULL,
    touched INTEGER NOT NULL,
    ledger INTEGER NOT NULL,
    inbound INTEGER NOT NULL
) STRICT;

ALTER TABLE restores ADD COLUMN laptop BLOB; -- by which name this laptop went until then

-- Of whom an undone list brought nothing was left, and what came of them elsewhere is not known.
UPDATE supporters
SET withheld = 1, turns = turns + 1
WHERE removed_at IS NOT NULL
AND withheld = 0
AND first_name = '' AND last_name = '' AND mobile IS NULL AND email = '' AND postcode = ''
AND NOT EXISTS (SELECT 1 FROM erased WHERE erased.supporter_id = supporters.id);

-- Whoever a list took with it counts as taken back from the day on which it was undone.
UPDATE supporters
SET turns = turns + 1
WHERE removed_at IS NOT NULL
AND withheld = 0
AND turns = 0
AND brought_by IN (SELECT acts.id FROM acts WHERE acts.kind = 'import' AND acts.undone_at IS NOT NULL);

-- Whoever went with one laptop's capture, while another's stands, is there.
UPDATE supporters
SET removed_at = NULL, turns = turns + 1
WHERE removed_at IS NOT NULL
AND withheld = 0
AND NOT EXISTS (SELECT 1 FROM erased WHERE erased.supporter_id = supporters.id)
AND NOT EXISTS (SELECT 1 FROM merges WHERE merges.gone_id = supporters.id AND merges.stands = 1)
AND EXISTS (
    SELECT 1 FROM captures WHERE captures.supporter_id = supporters.id AND captures.undone_at IS NULL
);
