-- What People looks through: where each person stands, and the words and numbers by which they are found. All of it is
-- kept true by triggers, so that whoever writes to the records need not know of it.

-- Where everybody stands, as the records say it.
CREATE VIEW standing_now AS
SELECT
    supporters.rowid AS person,
    coalesce(
        (
            SELECT CASE WHEN last_words.confirmed THEN 3 WHEN last_words.what = 'grant' THEN 2 ELSE 1 END
            FROM last_words
            WHERE last_words.supporter_id = supporters.id AND last_words.purpose = 'texts'
        ),
        0
    ) AS consent,
    newest.state AS text,
    CASE
        WHEN supporters.number_trouble IS NOT NULL THEN 1
        WHEN newest.state IN ('failed', 'undelivered') AND newest.reason = 'trouble:number'
            AND newest.mobile = supporters.mobile THEN 2
        WHEN newest.state = 'uncertain' THEN 3
        ELSE 0
    END AS trouble,
    sort_key(supporters.last_name, supporters.first_name) AS by_name,
    sort_key(supporters.first_name, supporters.last_name) AS by_first_name,
    supporters.captured_at AS captured_at,
    coalesce(
        (
            SELECT shifts.canvasser
            FROM captures
            JOIN shifts ON shifts.id = captures.shift_id
            WHERE captures.supporter_id = supporters.id
            ORDER BY captures.captured_at
            LIMIT 1
        ),
        (SELECT acts.who FROM acts WHERE acts.id = supporters.brought_by),
        ''
    ) AS canvasser
FROM supporters
LEFT JOIN texts AS newest ON newest.id = (
    SELECT texts.id FROM texts WHERE texts.supporter_id = supporters.id ORDER BY texts.id DESC LIMIT 1
)
WHERE supporters.removed_at IS NULL;

CREATE TABLE standings (
    person INTEGER NOT NULL PRIMARY KEY, -- the rowid in supporters: a vault is never vacuumed
    consent INTEGER NOT NULL, -- to texts: 0 not asked, 1 refused, 2 agrees, 3 confirmed
    text TEXT, -- the state of the newest text, if there is one
    trouble INTEGER NOT NULL, -- what is to be corrected: 0 nothing, 1 the gateway refused the number, 2 mistyped, 3 uncertain
    by_name TEXT NOT NULL,
    by_first_name TEXT NOT NULL,
    captured_at INTEGER NOT NULL,
    canvasser TEXT NOT NULL,
    stray INTEGER NOT NULL CHECK (stray IN (0, 1)) -- whether they came after somebody who was captured later
) STRICT;

INSERT INTO standings (
    person, consent, text, trouble, by_name, by_first_name, captured_at, canvasser, stray
)
SELECT
    person, consent, text, trouble, by_name, by_first_name, captured_at, canvasser,
    captured_at < max(captured_at) OVER (ORDER BY person ROWS UNBOUNDED PRECEDING)
FROM standing_now
ORDER BY person;

CREATE INDEX standings_by_capture ON standings (captured_at);

CREATE INDEX standings_by_name ON standings (by_name);

CREATE INDEX standings_by_first_name ON standings (by_first_name);

CREATE INDEX standings_by_canvasser ON standings (canvasser);

CREATE INDEX standings_by_consent ON standings (consent);

CREATE INDEX standings_by_text ON standings (text);

CREATE INDEX standings_in_trouble ON standings (trouble) WHERE trouble > 0;

CREATE INDEX standings_astray ON standings (stray) WHERE stray = 1;

CREATE INDEX supporters_in_order_of_mobile ON supporters (mobile IS NULL, mobile) WHERE removed_at IS NULL;

CREATE INDEX supporters_in_order_of_email ON supporters (email = '', email COLLATE NOCASE)
WHERE removed_at IS NULL;

CREATE INDEX supporters_in_order_of_postcode ON supporters (postcode = '', postcode) WHERE removed_at IS NULL;

CREATE INDEX supporters_by_language ON supporters (language) WHERE removed_at IS NULL;

CREATE INDEX captures_by_shift ON captures (shift_id);

CREATE INDEX acts_that_brought_lists ON acts (kind) WHERE kind = 'import';

-- How many there are among each 1,024 places: counting a million at each turn takes too long.
CREATE TABLE standings_in_blocks (
    block INTEGER NOT NULL PRIMARY KEY, -- person / 1024
    people INTEGER NOT NULL
) STRICT;

INSERT INTO standings_in_blocks (block, people)
SELECT person >> 10, count(*) FROM standings GROUP BY person >> 10;

-- Our own folding parts words by single spaces, and this tokenizer parts them nowhere else. A page of the index fits
-- into a page of an encrypted database.
CREATE VIRTUAL TABLE finds USING fts5 (
    words, content = '', columnsize = 0, detail = none, prefix = '1 2 3 4 5 6 8', tokenize = 'ascii'
);

INSERT INTO finds (finds, rank) VALUES ('secure-delete', 1);

INSERT INTO finds (finds, rank) VALUES ('pgsz', 3900);

INSERT INTO finds (rowid, words)
SELECT rowid, find_words(first_name, last_name, email, postcode)
FROM supporters WHERE removed_at IS NULL ORDER BY rowid;

CREATE VIRTUAL TABLE numbers USING fts5 (mobile, content = '', columnsize = 0, tokenize = 'trigram');

INSERT INTO numbers (numbers, rank) VALUES ('secure-delete', 1);

INSERT INTO numbers (numbers, rank) VALUES ('pgsz', 3900);

INSERT INTO numbers (rowid, mobile)
SELECT rowid, mobile FROM supporters WHERE removed_at IS NULL AND mobile IS NOT NULL ORDER BY rowid;

-- The words of people's names, and how many have each: near misses are looked for among them.
CREATE TABLE name_words (
    word TEXT NOT NULL PRIMARY KEY,
    people INTEGER NOT NULL
) WITHOUT ROWID, STRICT;

INSERT INTO name_words (word, people)
SELECT word.value, count(*)
FROM supporters JOIN json_each(name_words(supporters.first_name, supporters.last_name)) AS word
WHERE supporters.removed_at IS NULL
GROUP BY word.value;

CREATE TRIGGER standings_counted AFTER INSERT ON standings
BEGIN
    INSERT INTO standings_in_blocks (block, people) VALUES (new.person >> 10, 1)
    ON CONFLICT (block) DO UPDATE SET people = people + 1;
END;

CREATE TRIGGER standings_uncounted AFTER DELETE ON standings
BEGIN
    UPDATE standings_in_blocks SET people = people - 1 WHERE block = old.person >> 10;
    DELETE FROM standings_in_blocks WHERE block = old.person >> 10 AND people = 0;
END;

CREATE TRIGGER supporters_words_come AFTER INSERT ON supporters WHEN new.removed_at IS NULL
BEGIN
    INSERT INTO finds (rowid, words)
    VALUES (new.rowid, find_words(new.first_name, new.last_name, new.email, new.postcode));
    INSERT INTO name_words (word, people)
    SELECT value, 1 FROM json_each(name_words(new.first_name, new.last_name)) WHERE true
    ON CONFLICT (word) DO UPDATE SET people = people + 1;
END;

CREATE TRIGGER supporters_words_change AFTER UPDATE OF first_name, last_name, email, postcode, removed_at ON supporters
WHEN (old.removed_at IS NULL) <> (new.removed_at IS NULL)
    OR old.first_name <> new.first_name OR old.last_name <> new.last_name
    OR old.email <> new.email OR old.postcode <> new.postcode
BEGIN
    INSERT INTO finds (finds, rowid, words)
    SELECT 'delete', old.rowid, find_words(old.first_name, old.last_name, old.email, old.postcode)
    WHERE old.removed_at IS NULL;
    UPDATE name_words SET people = people - 1
    WHERE old.removed_at IS NULL
    AND word IN (SELECT value FROM json_each(name_words(old.first_name, old.last_name)));
    INSERT INTO finds (rowid, words)
    SELECT new.rowid, find_words(new.first_name, new.last_name, new.email, new.postcode)
    WHERE new.removed_at IS NULL;
    INSERT INTO name_words (word, people)
    SELECT value, 1 FROM json_each(name_words(new.first_name, new.last_name)) WHERE new.removed_at IS NULL
    ON CONFLICT (word) DO UPDATE SET people = people + 1;
    DELETE FROM name_words
    WHERE people = 0 AND word IN (SELECT value FROM json_each(name_words(old.first_name, old.last_name)));
END;

CREATE TRIGGER supporters_words_leave AFTER DELETE ON supporters WHEN old.removed_at IS NULL
BEGIN
    INSERT INTO finds (finds, rowid, words)
    VALUES ('delete', old.rowid, find_words(old.first_name, old.last_name, old.email, old.postcode));
    UPDATE name_words SET people = people - 1
    WHERE word IN (SELECT value FROM json_each(name_words(old.first_name, old.last_name)));
    DELETE FROM name_words
    WHERE people = 0 AND word IN (SELECT value FROM json_each(name_words(old.first_name, old.last_name)));
END;

CREATE TRIGGER supporters_come AFTER INSERT ON supporters WHEN new.removed_at IS NULL
BEGIN
    INSERT INTO standings (
        person, consent, text, trouble, by_name, by_first_name, captured_at, canvasser, stray
    )
    SELECT
        person, consent, text, trouble, by_name, by_first_name, captured_at, canvasser,
        captured_at < coalesce((SELECT max(standings.captured_at) FROM standings), captured_at)
    FROM standing_now
    WHERE person = new.rowid;
END;

-- Whoever comes back has the place that they had. Among their neighbours they are where they belong, or astray.
CREATE TRIGGER supporters_return AFTER UPDATE OF removed_at ON supporters
WHEN old.removed_at IS NOT NULL AND new.removed_at IS NULL
BEGIN
    INSERT INTO standings (
        person, consent, text, trouble, by_name, by_first_name, captured_at, canvasser, stray
    )
    SELECT
        person, consent, text, trouble, by_name, by_first_name, captured_at, canvasser,
        captured_at < coalesce(
            (
                SELECT before.captured_at FROM standings AS before
                WHERE before.person < new.rowid ORDER BY before.person DESC LIMIT 1
            ),
            captured_at
        )
        OR captured_at > coalesce(
            (
                SELECT later.captured_at FROM standings AS later
                WHERE later.person > new.rowid ORDER BY later.person LIMIT 1
            ),
            captured_at
        )
    FROM standing_now
    WHERE person = new.rowid;
END;

CREATE TRIGGER supporters_go AFTER UPDATE OF removed_at ON supporters
WHEN old.removed_at IS NULL AND new.removed_at IS NOT NULL
BEGIN
    DELETE FROM standings WHERE person = old.rowid;
END;

CREATE TRIGGER supporters_leave AFTER DELETE ON supporters
BEGIN
    DELETE FROM standings WHERE person = old.rowid;
END;

CREATE TRIGGER supporters_change
AFTER UPDATE OF first_name, last_name, mobile, email, postcode, number_trouble, captured_at ON supporters
WHEN old.removed_at IS NULL AND new.removed_at IS NULL
BEGIN
    UPDATE standings
    SET (consent, trouble, by_name, by_first_name, captured_at) = (
        SELECT consent, trouble, by_name, by_first_name, captured_at
        FROM standing_now WHERE person = new.rowid
    ),
    stray = CASE WHEN captured_at = new.captured_at THEN stray ELSE 1 END
    WHERE person = new.rowid;
END;

CREATE TRIGGER supporters_number_comes AFTER INSERT ON supporters
WHEN new.removed_at IS NULL AND new.mobile IS NOT NULL
BEGIN
    INSERT INTO numbers (rowid, mobile) VALUES (new.rowid, new.mobile);
END;

CREATE TRIGGER supporters_number_changes AFTER UPDATE OF mobile, removed_at ON supporters
WHEN (old.removed_at IS NULL) <> (new.removed_at IS NULL) OR old.mobile IS NOT new.mobile
BEGIN
    INSERT INTO numbers (numbers, rowid, mobile)
    SELECT 'delete', old.rowid, old.mobile WHERE old.removed_at IS NULL AND old.mobile IS NOT NULL;
    INSERT INTO numbers (rowid, mobile)
    SELECT new.rowid, new.mobile WHERE new.removed_at IS NULL AND new.mobile IS NOT NULL;
END;

CREATE TRIGGER supporters_number_leaves AFTER DELETE ON supporters
WHEN old.removed_at IS NULL AND old.mobile IS NOT NULL
BEGIN
    INSERT INTO numbers (numbers, rowid, mobile) VALUES ('delete', old.rowid, old.mobile);
END;

CREATE TRIGGER captures_by_whom AFTER INSERT ON captures
BEGIN
    UPDATE standings
    SET canvasser = (SELECT shifts.canvasser FROM shifts WHERE shifts.id = new.shift_id)
    WHERE person = (SELECT supporters.rowid FROM supporters WHERE supporters.id = new.supporter_id)
    AND canvasser <> (SELECT shifts.canvasser FROM shifts WHERE shifts.id = new.shift_id)
    AND NOT EXISTS (
        SELECT 1 FROM captures AS earlier
        WHERE earlier.supporter_id = new.supporter_id AND earlier.captured_at <= new.captured_at
        AND earlier.id <> new.id
    );
END;

CREATE TRIGGER captures_given_over AFTER UPDATE OF supporter_id, captured_at ON captures
BEGIN
    UPDATE standings
    SET canvasser = (
        SELECT standing_now.canvasser FROM standing_now WHERE standing_now.person = standings.person
    )
    WHERE person IN (
        SELECT supporters.rowid FROM supporters WHERE supporters.id IN (old.supporter_id, new.supporter_id)
    );
END;

-- The first word of somebody is their last as well: a town's worth of captures is spared the look through the ledger.
CREATE TRIGGER ledger_heard AFTER INSERT ON ledger
WHEN new.supporter_id IS NOT NULL AND (new.purpose = 'texts' OR new.what = 'taken_back')
BEGIN
    UPDATE standings
    SET consent = CASE
        WHEN new.what IN ('grant', 'refusal') AND NOT EXISTS (
            SELECT 1 FROM ledger AS other
            WHERE other.supporter_id = new.supporter_id AND other.purpose = 'texts' AND other.id <> new.id
        ) THEN CASE new.what WHEN 'grant' THEN 2 ELSE 1 END
        ELSE (SELECT standing_now.consent FROM standing_now WHERE standing_now.person = standings.person)
    END
    WHERE person = (SELECT supporters.rowid FROM supporters WHERE supporters.id = new.supporter_id);
END;

CREATE TRIGGER ledger_emptied AFTER UPDATE OF personal, supporter_id ON ledger WHEN old.supporter_id IS NOT NULL
BEGIN
    UPDATE standings
    SET consent = (SELECT standing_now.consent FROM standing_now WHERE standing_now.person = standings.person)
    WHERE person = (SELECT supporters.rowid FROM supporters WHERE supporters.id = old.supporter_id);
END;

CREATE TRIGGER texts_begin AFTER INSERT ON texts WHEN new.supporter_id IS NOT NULL
BEGIN
    UPDATE standings
    SET (text, trouble) = (
        SELECT standing_now.text, standing_now.trouble FROM standing_now
        WHERE standing_now.person = standings.person
    )
    WHERE person = (SELECT supporters.rowid FROM supporters WHERE supporters.id = new.supporter_id);
END;

CREATE TRIGGER texts_move AFTER UPDATE OF state, reason, mobile, supporter_id ON texts
WHEN old.state <> new.state OR old.reason <> new.reason OR old.mobile <> new.mobile
    OR old.supporter_id IS NOT new.supporter_id
BEGIN
    UPDATE standings
    SET (text, trouble) = (
        SELECT standing_now.text, standing_now.trouble FROM standing_now
        WHERE standing_now.person = standings.person
    )
    WHERE person IN (
        SELECT supporters.rowid FROM supporters WHERE supporters.id IN (old.supporter_id, new.supporter_id)
    );
END;

CREATE TRIGGER texts_end AFTER DELETE ON texts WHEN old.supporter_id IS NOT NULL
BEGIN
    UPDATE standings
    SET (text, trouble) = (
        SELECT standing_now.text, standing_now.trouble FROM standing_now
        WHERE standing_now.person = standings.person
    )
    WHERE person = (SELECT supporters.rowid FROM supporters WHERE supporters.id = old.supporter_id);
END;

-- People was the only one who read it.
DROP INDEX supporters_newest;

CREATE TABLE saved_filters (
    id BLOB NOT NULL PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    question TEXT NOT NULL, -- JSON
    created_at INTEGER NOT NULL
) STRICT;
