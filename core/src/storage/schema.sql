-- The vault's schema as it stands. Written by `cargo xtask bless`; change it with a migration.

CREATE TABLE campaign (
    id BLOB NOT NULL PRIMARY KEY,
    only INTEGER NOT NULL DEFAULT 1 UNIQUE CHECK (only = 1),
    name TEXT NOT NULL,
    organiser TEXT NOT NULL,
    country TEXT NOT NULL, -- ISO 3166-1 alpha-2: how a number without a prefix is read
    practice INTEGER NOT NULL CHECK (practice IN (0, 1)),
    created_at INTEGER NOT NULL
, laptop BLOB, suppression_key BLOB, rules TEXT NOT NULL DEFAULT '{}', pin TEXT, identity TEXT) STRICT;

CREATE TABLE shifts (
    id BLOB NOT NULL PRIMARY KEY,
    canvasser TEXT NOT NULL,
    place TEXT NOT NULL,
    started_at INTEGER NOT NULL
, laptop BLOB) STRICT;

CREATE TABLE households (
    id BLOB NOT NULL PRIMARY KEY,
    created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE supporters (
    id BLOB NOT NULL PRIMARY KEY,
    first_name TEXT NOT NULL,
    last_name TEXT NOT NULL,
    mobile TEXT,
    email TEXT NOT NULL,
    postcode TEXT NOT NULL,
    language TEXT NOT NULL,
    household_id BLOB REFERENCES households (id),
    number_trouble TEXT, -- the gateway's word that this number cannot be texted
    captured_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    removed_at INTEGER -- taken back by Undo
, brought_by BLOB REFERENCES acts (id), turns INTEGER NOT NULL DEFAULT 0, withheld INTEGER NOT NULL DEFAULT 0 CHECK (withheld IN (0, 1))) STRICT;

CREATE INDEX supporters_by_mobile ON supporters (mobile, captured_at)
WHERE mobile IS NOT NULL AND removed_at IS NULL;

CREATE INDEX supporters_by_household ON supporters (household_id) WHERE household_id IS NOT NULL;

CREATE TABLE captures (
    id BLOB NOT NULL PRIMARY KEY,
    supporter_id BLOB NOT NULL REFERENCES supporters (id),
    shift_id BLOB NOT NULL REFERENCES shifts (id),
    kind TEXT NOT NULL CHECK (kind IN ('new', 'update')),
    captured_at INTEGER NOT NULL,
    zone TEXT NOT NULL,
    undone_at INTEGER,
    queued INTEGER NOT NULL CHECK (queued IN (0, 1)) -- whether it queued a text, for Undo
, laptop BLOB, turns INTEGER NOT NULL DEFAULT 0) STRICT;

CREATE INDEX captures_by_supporter ON captures (supporter_id, captured_at);

CREATE TABLE text_events (
    id BLOB NOT NULL PRIMARY KEY,
    text_id BLOB NOT NULL REFERENCES texts (id),
    at INTEGER NOT NULL,
    state TEXT NOT NULL,
    reason TEXT NOT NULL,
    code TEXT,
    said TEXT, -- the provider's own words
    provider_id TEXT
) STRICT;

CREATE INDEX text_events_by_text ON text_events (text_id, id);

CREATE INDEX text_events_by_provider_id ON text_events (provider_id) WHERE provider_id IS NOT NULL;

CREATE TABLE drafts (
    only INTEGER NOT NULL PRIMARY KEY DEFAULT 1 CHECK (only = 1),
    capture_id BLOB NOT NULL,
    form TEXT NOT NULL,
    saved_at INTEGER NOT NULL
) STRICT;

CREATE TABLE purposes (
    key TEXT NOT NULL PRIMARY KEY,
    channel TEXT NOT NULL CHECK (channel IN ('texts', 'calls', 'email', 'post', 'opinions')),
    label TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    retired_at INTEGER
) STRICT;

CREATE TABLE languages (
    tag TEXT NOT NULL PRIMARY KEY, -- BCP 47
    name TEXT NOT NULL, -- as its own speakers write it
    rtl INTEGER NOT NULL CHECK (rtl IN (0, 1)),
    created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE "templates" (
    id BLOB NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('confirmation', 'reminder', 'goodbye', 'help')),
    language TEXT NOT NULL, -- BCP 47
    version INTEGER NOT NULL,
    body TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    UNIQUE (kind, language, version)
) STRICT;

CREATE TABLE ledger (
    id BLOB NOT NULL PRIMARY KEY,
    laptop BLOB NOT NULL,
    number INTEGER NOT NULL, -- 1, 2, 3, … on each laptop
    at INTEGER NOT NULL,
    zone TEXT NOT NULL,
    what TEXT NOT NULL CHECK (
        what IN (
            'grant', 'refusal', 'confirmation', 'withdrawal', 'opt_out', 'opt_out_undone', 'taken_back',
            'correction', 'erasure'
        )
    ),
    purpose TEXT REFERENCES purposes (key), -- none where it is about a number as a whole
    method TEXT NOT NULL CHECK (
        method IN ('spoken', 'own_hand', 'own_handset', 'reply', 'carrier', 'organiser', 'import')
    ),
    capture_id BLOB REFERENCES captures (id),
    shift_id BLOB REFERENCES shifts (id),
    wording_id BLOB REFERENCES wordings (id),
    evidence_id BLOB REFERENCES inbound (id), -- the text that says so
    about_id BLOB REFERENCES ledger (id), -- the entry that this one confirms, takes back or undoes
    supporter_id BLOB REFERENCES supporters (id), -- none once they are erased
    personal TEXT, -- canonical JSON; none once they are erased
    salt BLOB, -- none once they are erased
    personal_digest BLOB NOT NULL,
    previous BLOB NOT NULL,
    hash BLOB NOT NULL, heard INTEGER NOT NULL DEFAULT 0, withheld INTEGER NOT NULL DEFAULT 0 CHECK (withheld IN (0, 1)),
    UNIQUE (laptop, number),
    CHECK ((personal IS NULL) = (salt IS NULL))
) STRICT;

CREATE INDEX ledger_by_about ON ledger (about_id, what) WHERE about_id IS NOT NULL;

CREATE INDEX ledger_by_capture ON ledger (capture_id) WHERE capture_id IS NOT NULL;

CREATE INDEX ledger_of_numbers ON ledger (what) WHERE supporter_id IS NULL;

CREATE TRIGGER ledger_keeps BEFORE DELETE ON ledger
BEGIN
    SELECT raise(ABORT, 'the ledger is only added to');
END;

CREATE TABLE "opt_outs" (
    key BLOB NOT NULL PRIMARY KEY, -- keyed hash of the number
    mobile TEXT UNIQUE, -- none once everybody on it is erased
    source TEXT NOT NULL CHECK (source IN ('reply', 'carrier', 'organiser')),
    at INTEGER NOT NULL,
    entry_id BLOB REFERENCES ledger (id)
) STRICT;

CREATE TABLE inbound (
    id BLOB NOT NULL PRIMARY KEY,
    gateway TEXT NOT NULL,
    account TEXT NOT NULL,
    provider_id TEXT NOT NULL,
    mobile TEXT NOT NULL, -- E.164 where it is a number; else as the provider writes it
    body TEXT NOT NULL,
    sent_at INTEGER NOT NULL, -- by the provider's clock
    received_at INTEGER NOT NULL,
    meaning TEXT NOT NULL CHECK (
        meaning IN ('stop', 'likely_stop', 'start', 'help', 'yes', 'no', 'join', 'other')
    ),
    outcome TEXT NOT NULL, -- what came of it
    to_read INTEGER NOT NULL CHECK (to_read IN (0, 1)), -- whether a person has yet to look
    decided_at INTEGER, withheld INTEGER NOT NULL DEFAULT 0 CHECK (withheld IN (0, 1)), -- when a person decided on a likely opt-out
    UNIQUE (gateway, provider_id, account)
) STRICT;

CREATE INDEX inbound_by_mobile ON inbound (mobile, id);

CREATE INDEX inbound_newest ON inbound (received_at, id);

CREATE INDEX inbound_to_read ON inbound (mobile) WHERE to_read = 1;

CREATE INDEX inbound_undecided ON inbound (mobile) WHERE meaning = 'likely_stop' AND decided_at IS NULL;

CREATE TABLE inbound_marks (
    gateway TEXT NOT NULL,
    account TEXT NOT NULL,
    complete_to INTEGER NOT NULL,
    PRIMARY KEY (gateway, account)
) STRICT;

CREATE TABLE "texts" (
    id BLOB NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('confirmation', 'reminder', 'goodbye', 'help', 'reply', 'test')),
    turn INTEGER NOT NULL, -- whose turn is first: an answer goes before what can wait
    supporter_id BLOB REFERENCES supporters (id),
    template_id BLOB REFERENCES templates (id),
    answers_id BLOB REFERENCES inbound (id), -- the text that it answers
    mobile TEXT NOT NULL,
    country TEXT NOT NULL, -- of the number, as a route is closed by country
    body TEXT NOT NULL,
    segments INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (
        state IN (
            'waiting', 'sending', 'accepted', 'delivered', 'undelivered', 'failed', 'uncertain', 'not_sent'
        )
    ),
    reason TEXT NOT NULL,
    code TEXT, -- the provider's own code
    not_before INTEGER NOT NULL,
    not_after INTEGER, -- an answer that comes too late is worse than none
    attempts INTEGER NOT NULL,
    gateway TEXT, -- which gateway the last try went to
    account TEXT, -- and whose account and sender there: only that one can be asked about it
    provider_id TEXT,
    attempted_at INTEGER,
    accepted_at INTEGER,
    next_look_at INTEGER, -- when to ask the provider about it
    looks INTEGER NOT NULL,
    first_look_at INTEGER,
    created_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL, laptop BLOB, stands TEXT CHECK (stands IN ('waiting', 'sending', 'uncertain')),
    CHECK (kind NOT IN ('confirmation', 'reminder') OR supporter_id IS NOT NULL),
    CHECK (kind <> 'test' OR supporter_id IS NULL),
    CHECK (kind NOT IN ('goodbye', 'help') OR answers_id IS NOT NULL),
    CHECK (state <> 'sending' OR attempted_at IS NOT NULL)
) STRICT;

CREATE UNIQUE INDEX texts_one_answer ON texts (answers_id) WHERE kind IN ('goodbye', 'help');

CREATE UNIQUE INDEX texts_by_provider_id ON texts (gateway, provider_id)
WHERE provider_id IS NOT NULL;

CREATE INDEX texts_due ON texts (turn, id) WHERE state = 'waiting';

CREATE INDEX texts_by_look ON texts (next_look_at) WHERE next_look_at IS NOT NULL;

CREATE INDEX texts_by_state ON texts (state, changed_at);

CREATE INDEX texts_by_supporter ON texts (supporter_id, id);

CREATE INDEX texts_by_mobile ON texts (mobile, id);

CREATE INDEX texts_accepted ON texts (gateway, accepted_at) WHERE accepted_at IS NOT NULL;

CREATE TABLE "gateways" (
    kind TEXT NOT NULL PRIMARY KEY CHECK (kind IN ('practice', 'twilio', 'kannel', 'pocket')),
    settings TEXT NOT NULL,
    active INTEGER NOT NULL CHECK (active IN (0, 1)),
    saved_at INTEGER NOT NULL
) STRICT;

CREATE UNIQUE INDEX gateways_one_active ON gateways (active) WHERE active = 1;

CREATE TABLE "holds" (
    id BLOB NOT NULL PRIMARY KEY,
    scope TEXT NOT NULL CHECK (scope IN ('everything', 'country', 'template')),
    country TEXT NOT NULL, -- '' where the scope is another
    template_id BLOB NOT NULL, -- X'' where the scope is another
    trouble TEXT NOT NULL,
    code TEXT,
    since INTEGER NOT NULL,
    UNIQUE (scope, country, template_id, trouble)
) STRICT;

CREATE INDEX supporters_by_update ON supporters (updated_at, id) WHERE removed_at IS NULL;

CREATE INDEX texts_unanswered ON texts (accepted_at)
WHERE kind = 'confirmation' AND state IN ('accepted', 'delivered');

CREATE INDEX supporters_taken_back ON supporters (removed_at) WHERE removed_at IS NOT NULL;

CREATE TABLE former_gateways (
    id BLOB NOT NULL PRIMARY KEY,
    settings TEXT NOT NULL,
    left_at INTEGER NOT NULL
) STRICT;

CREATE INDEX former_gateways_by_left ON former_gateways (left_at);

CREATE TABLE join_codes (
    code TEXT NOT NULL PRIMARY KEY,
    supporter_id BLOB NOT NULL REFERENCES supporters (id),
    capture_id BLOB NOT NULL REFERENCES captures (id),
    wording_id BLOB NOT NULL REFERENCES wordings (id),
    created_at INTEGER NOT NULL,
    evidence_id BLOB REFERENCES inbound (id) -- the text that used it
) STRICT;

CREATE INDEX join_codes_by_supporter ON join_codes (supporter_id);

CREATE TABLE acts (
    id BLOB NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL CHECK (
        kind IN ('capture', 'correction', 'withdrawal', 'own_handset', 'import', 'merge', 'take_in', 'setting')
    ),
    who TEXT NOT NULL, -- the canvasser of the shift; '' where nobody is named
    at INTEGER NOT NULL,
    entry_id BLOB REFERENCES ledger (id), -- what it wrote into the ledger beside a capture
    undone_at INTEGER
, laptop BLOB, settled INTEGER NOT NULL DEFAULT 0 CHECK (settled IN (0, 1)), ledger_before INTEGER NOT NULL DEFAULT 0) STRICT;

CREATE INDEX acts_undone ON acts (undone_at) WHERE undone_at IS NOT NULL;

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

CREATE INDEX supporters_by_act ON supporters (brought_by) WHERE brought_by IS NOT NULL;

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

CREATE INDEX standings_by_capture ON standings (captured_at);

CREATE INDEX standings_by_name ON standings (by_name);

CREATE INDEX standings_by_first_name ON standings (by_first_name);

CREATE INDEX standings_by_canvasser ON standings (canvasser);

CREATE INDEX standings_by_consent ON standings (consent);

CREATE INDEX standings_in_trouble ON standings (trouble) WHERE trouble > 0;

CREATE INDEX standings_astray ON standings (stray) WHERE stray = 1;

CREATE INDEX supporters_in_order_of_mobile ON supporters (mobile IS NULL, mobile) WHERE removed_at IS NULL;

CREATE INDEX supporters_in_order_of_email ON supporters (email = '', email COLLATE NOCASE)
WHERE removed_at IS NULL;

CREATE INDEX supporters_in_order_of_postcode ON supporters (postcode = '', postcode) WHERE removed_at IS NULL;

CREATE INDEX supporters_by_language ON supporters (language) WHERE removed_at IS NULL;

CREATE INDEX captures_by_shift ON captures (shift_id);

CREATE INDEX acts_that_brought_lists ON acts (kind) WHERE kind = 'import';

CREATE TABLE standings_in_blocks (
    block INTEGER NOT NULL PRIMARY KEY, -- person / 1024
    people INTEGER NOT NULL
) STRICT;

CREATE VIRTUAL TABLE finds USING fts5 (
    words, content = '', columnsize = 0, detail = none, prefix = '1 2 3 4 5 6 8', tokenize = 'ascii'
);

CREATE VIRTUAL TABLE numbers USING fts5 (mobile, content = '', columnsize = 0, tokenize = 'trigram');

CREATE TABLE name_words (
    word TEXT NOT NULL PRIMARY KEY,
    people INTEGER NOT NULL
) WITHOUT ROWID, STRICT;

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

CREATE TABLE saved_filters (
    id BLOB NOT NULL PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    question TEXT NOT NULL, -- JSON
    created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE imports (
    id BLOB NOT NULL PRIMARY KEY, -- of its act too, where it can be undone
    kind TEXT NOT NULL CHECK (kind IN ('people', 'opt_outs', 'do_not_call')),
    name TEXT NOT NULL, -- the file's own
    who TEXT NOT NULL, -- the canvasser of the shift; '' where nobody is named
    at INTEGER NOT NULL,
    added INTEGER NOT NULL,
    same INTEGER NOT NULL,
    changed INTEGER NOT NULL,
    refused INTEGER NOT NULL,
    opted_out INTEGER NOT NULL,
    with_consent INTEGER NOT NULL
, laptop BLOB, undone_at INTEGER, turns INTEGER NOT NULL DEFAULT 0) STRICT;

CREATE TABLE import_entries (
    import_id BLOB NOT NULL REFERENCES imports (id),
    laptop BLOB NOT NULL,
    first_number INTEGER NOT NULL,
    last_number INTEGER NOT NULL,
    PRIMARY KEY (import_id, first_number)
) STRICT;

CREATE INDEX supporters_by_email ON supporters (email COLLATE NOCASE)
WHERE email <> '' AND removed_at IS NULL;

CREATE INDEX supporters_by_name_alone ON supporters (last_name, first_name)
WHERE mobile IS NULL AND email = '' AND removed_at IS NULL;

CREATE TABLE osdi_server (
    only INTEGER NOT NULL PRIMARY KEY DEFAULT 1 CHECK (only = 1),
    address TEXT NOT NULL,
    token TEXT NOT NULL,
    saved_at INTEGER NOT NULL
) STRICT;

CREATE TABLE pushes (
    only INTEGER NOT NULL PRIMARY KEY DEFAULT 1 CHECK (only = 1),
    server TEXT NOT NULL,
    begun_at INTEGER NOT NULL,
    people INTEGER NOT NULL, -- how many it was about
    sent INTEGER NOT NULL,
    same INTEGER NOT NULL, -- the server had them as they are
    refused INTEGER NOT NULL,
    stopped TEXT -- why it did not come to its end, in a sentence; '' while it goes on, none once it is through
) STRICT;

CREATE TABLE pushed (
    supporter_id BLOB NOT NULL REFERENCES supporters (id),
    server TEXT NOT NULL,
    digest BLOB NOT NULL, -- SHA-256 of what it was told
    at INTEGER NOT NULL,
    refused TEXT, -- why it did not take them
    PRIMARY KEY (supporter_id, server)
) STRICT;

CREATE INDEX pushed_refused ON pushed (server, at) WHERE refused IS NOT NULL;

CREATE TABLE restores (
    id BLOB NOT NULL PRIMARY KEY,
    backup_at INTEGER NOT NULL, -- the state that it was put back to
    at INTEGER NOT NULL
, laptop BLOB) STRICT;

CREATE INDEX restores_by_time ON restores (at);

CREATE INDEX texts_restored ON texts (id) WHERE state = 'uncertain' AND reason = 'restored';

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

CREATE TABLE merge_turns (
    act_id BLOB NOT NULL REFERENCES merges (act_id),
    turn INTEGER NOT NULL, -- 0 as it was done, 1 as it was undone, 2 as it was done again, …
    who TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (act_id, turn)
) STRICT;

CREATE TABLE merge_entries (
    act_id BLOB NOT NULL REFERENCES merges (act_id),
    entry_id BLOB NOT NULL REFERENCES ledger (id),
    PRIMARY KEY (act_id, entry_id)
) STRICT;

CREATE INDEX merge_entries_by_entry ON merge_entries (entry_id);

CREATE TABLE merge_texts (
    act_id BLOB NOT NULL REFERENCES merges (act_id),
    text_id BLOB NOT NULL, -- may be erased meanwhile
    supporter_id BLOB NOT NULL REFERENCES supporters (id),
    state TEXT NOT NULL,
    reason TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    PRIMARY KEY (act_id, text_id)
) STRICT;

CREATE TABLE not_the_same (
    act_id BLOB NOT NULL PRIMARY KEY REFERENCES acts (id),
    one_id BLOB NOT NULL REFERENCES supporters (id),
    other_id BLOB NOT NULL REFERENCES supporters (id),
    stands INTEGER NOT NULL CHECK (stands IN (0, 1)), turns INTEGER NOT NULL DEFAULT 0,
    CHECK (one_id < other_id)
) STRICT;

CREATE INDEX not_the_same_by_pair ON not_the_same (one_id, other_id);

CREATE INDEX not_the_same_by_other ON not_the_same (other_id);

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

CREATE INDEX supporters_gone_by_mobile ON supporters (mobile)
WHERE mobile IS NOT NULL AND removed_at IS NOT NULL;

CREATE TABLE laptops (
    id BLOB NOT NULL PRIMARY KEY,
    name TEXT NOT NULL, -- whoever handed over there last
    recipient TEXT NOT NULL, -- the public key to lock files for it with; '' where it is not known
    suppression_key BLOB NOT NULL, -- what its hashes of erased numbers are keyed with
    heard_at INTEGER NOT NULL
) STRICT;

CREATE TABLE erased (
    supporter_id BLOB NOT NULL PRIMARY KEY,
    at INTEGER NOT NULL
) STRICT;

CREATE TABLE forgotten_opt_outs (
    laptop BLOB NOT NULL,
    key BLOB NOT NULL,
    source TEXT NOT NULL,
    at INTEGER NOT NULL,
    recalled INTEGER NOT NULL DEFAULT 0 CHECK (recalled IN (0, 1)), -- the number came to be known again, and was opted out
    PRIMARY KEY (laptop, key)
) STRICT;

CREATE INDEX forgotten_opt_outs_open ON forgotten_opt_outs (laptop, key) WHERE recalled = 0;

CREATE INDEX captures_standing ON captures (undone_at) WHERE undone_at IS NULL AND laptop IS NULL;

CREATE UNIQUE INDEX texts_one_confirmation ON texts (mobile)
WHERE kind = 'confirmation' AND state <> 'not_sent' AND laptop IS NULL;

CREATE UNIQUE INDEX texts_one_reminder ON texts (mobile) WHERE kind = 'reminder' AND laptop IS NULL;

CREATE INDEX texts_elsewhere ON texts (mobile) WHERE laptop IS NOT NULL;

CREATE TABLE "wordings" (
    id BLOB NOT NULL PRIMARY KEY,
    purpose TEXT NOT NULL, -- a purpose's key, or 'privacy' for the privacy notice
    language TEXT NOT NULL, -- BCP 47
    version INTEGER NOT NULL,
    body TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    laptop BLOB
) STRICT;

CREATE UNIQUE INDEX wordings_own ON wordings (purpose, language, version) WHERE laptop IS NULL;

CREATE INDEX wordings_by_version ON wordings (purpose, language, version);

CREATE TRIGGER wordings_stay BEFORE UPDATE ON wordings
BEGIN
    SELECT raise(ABORT, 'a wording is never edited');
END;

CREATE INDEX ledger_by_heard ON ledger (heard);

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

CREATE INDEX acts_to_do_again ON acts (undone_at) WHERE undone_at IS NOT NULL AND laptop IS NULL AND settled = 0;

CREATE INDEX texts_uncertain ON texts (supporter_id) WHERE state = 'uncertain';

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
        WHEN EXISTS (
            SELECT 1 FROM texts WHERE texts.supporter_id = supporters.id AND texts.state = 'uncertain'
        ) THEN 3
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
    SELECT texts.id
    FROM texts
    WHERE texts.supporter_id = supporters.id AND texts.kind IN ('confirmation', 'reminder')
    ORDER BY texts.id DESC
    LIMIT 1
)
WHERE supporters.removed_at IS NULL;

CREATE INDEX standings_in_order_of_text ON standings (text IS NULL, text);

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

CREATE INDEX acts_that_took_in ON acts (at) WHERE kind = 'take_in';

CREATE TABLE "handed" (
    recipient TEXT NOT NULL PRIMARY KEY, -- a public key; '' for whoever knows the passphrase
    at INTEGER NOT NULL,
    laptop BLOB, -- by which name of this laptop: under another one it begins anew
    people INTEGER NOT NULL DEFAULT 0,
    touched INTEGER NOT NULL DEFAULT 0,
    ledger INTEGER NOT NULL DEFAULT 0,
    inbound INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE come_in (
    laptop BLOB NOT NULL PRIMARY KEY,
    people INTEGER NOT NULL,
    touched INTEGER NOT NULL,
    ledger INTEGER NOT NULL,
    inbound INTEGER NOT NULL
) STRICT;

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

CREATE TABLE "do_not_call" (
    key BLOB NOT NULL, -- keyed hash of the number, as an opt-out's on the laptop of the list
    import_id BLOB NOT NULL REFERENCES imports (id),
    PRIMARY KEY (key, import_id)
) STRICT;

CREATE INDEX do_not_call_by_import ON do_not_call (import_id);

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

CREATE INDEX supporters_to_erase ON supporters (removed_at)
WHERE removed_at IS NOT NULL
AND (first_name <> '' OR last_name <> '' OR mobile IS NOT NULL OR email <> '' OR postcode <> '');

CREATE INDEX ledger_by_number ON ledger (json_extract(personal, '$.mobile'))
WHERE supporter_id IS NULL AND personal IS NOT NULL;

CREATE INDEX acts_by_entry ON acts (entry_id) WHERE entry_id IS NOT NULL;

CREATE INDEX acts_to_undo ON acts (undone_at)
WHERE undone_at IS NULL AND laptop IS NULL AND settled = 0 AND kind NOT IN ('own_handset', 'take_in');
