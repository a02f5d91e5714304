-- What people did to the records, one act after another, so that each can be undone and done again.
CREATE TABLE acts (
    id BLOB NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL CHECK (
        kind IN ('capture', 'correction', 'withdrawal', 'own_handset', 'import', 'merge', 'take_in')
    ),
    who TEXT NOT NULL, -- the canvasser of the shift; '' where nobody is named
    at INTEGER NOT NULL,
    entry_id BLOB REFERENCES ledger (id), -- what it wrote into the ledger beside a capture
    undone_at INTEGER
) STRICT;

CREATE INDEX acts_undone ON acts (undone_at) WHERE undone_at IS NOT NULL;

-- What an act changed about a person, field by field. Undoing it adds a turn, and doing it again another.
CREATE TABLE changes (
    act_id BLOB NOT NULL REFERENCES acts (id),
    turn INTEGER NOT NULL, -- 0 as it was done, 1 as it was undone, 2 as it was done again, …
    supporter_id BLOB NOT NULL REFERENCES supporters (id),
    field TEXT NOT NULL CHECK (
        field IN (
            'first_name', 'last_name', 'mobile', 'email', 'postcode', 'language', 'household', 'number_trouble'
        )
    ),
    before TEXT, -- none where there was nothing
    after TEXT,
    who TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (act_id, turn, supporter_id, field)
) STRICT;

CREATE INDEX changes_by_supporter ON changes (supporter_id);

ALTER TABLE supporters ADD COLUMN brought_by BLOB REFERENCES acts (id); -- the act that added them

CREATE INDEX supporters_by_act ON supporters (brought_by) WHERE brought_by IS NOT NULL;

INSERT INTO acts (id, kind, who, at)
SELECT captures.id, 'capture', shifts.canvasser, captures.captured_at
FROM captures
JOIN shifts ON shifts.id = captures.shift_id
WHERE captures.undone_at IS NULL
ORDER BY captures.rowid;

UPDATE supporters
SET brought_by = (
    SELECT captures.id
    FROM captures
    WHERE captures.supporter_id = supporters.id AND captures.kind = 'new' AND captures.undone_at IS NULL
    LIMIT 1
);

-- An update kept the person as they were before it; after it they were as the next update found them.
INSERT INTO changes (act_id, turn, supporter_id, field, before, after, who, at)
SELECT act_id, 0, supporter_id, field, nullif(before, ''), nullif(after, ''), who, at
FROM (
    SELECT
        captures.id AS act_id,
        captures.supporter_id AS supporter_id,
        was.key AS field,
        was.value AS before,
        CASE
            WHEN next.before IS NOT NULL THEN json_extract(next.before, '$.' || was.key)
            ELSE json_extract(
                json_object(
                    'first_name', supporters.first_name, 'last_name', supporters.last_name,
                    'mobile', supporters.mobile, 'email', supporters.email,
                    'postcode', supporters.postcode, 'language', supporters.language
                ),
                '$.' || was.key
            )
        END AS after,
        acts.who AS who,
        captures.captured_at AS at
    FROM captures
    JOIN acts ON acts.id = captures.id
    JOIN supporters ON supporters.id = captures.supporter_id
    JOIN json_each(captures.before) AS was
    LEFT JOIN captures AS next ON next.rowid = (
        SELECT min(later.rowid)
        FROM captures AS later
        WHERE later.supporter_id = captures.supporter_id
        AND later.rowid > captures.rowid
        AND later.before IS NOT NULL
        AND later.undone_at IS NULL
    )
    WHERE captures.before IS NOT NULL
)
WHERE before IS NOT after;

DROP INDEX captures_taken_back;

ALTER TABLE captures DROP COLUMN before;
