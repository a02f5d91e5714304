-- Ids are UUIDv7 in 16 bytes. Times are milliseconds since 1970, UTC; zones are IANA names.
-- Mobiles are E.164.

CREATE TABLE campaign (
    id BLOB NOT NULL PRIMARY KEY,
    only INTEGER NOT NULL DEFAULT 1 UNIQUE CHECK (only = 1),
    name TEXT NOT NULL,
    organiser TEXT NOT NULL,
    country TEXT NOT NULL, -- ISO 3166-1 alpha-2: how a number without a prefix is read
    practice INTEGER NOT NULL CHECK (practice IN (0, 1)),
    created_at INTEGER NOT NULL
) STRICT;

-- What was read out. A version is never edited: consents point at it.
CREATE TABLE wordings (
    id BLOB NOT NULL PRIMARY KEY,
    purpose TEXT NOT NULL CHECK (purpose IN ('texts')),
    language TEXT NOT NULL, -- BCP 47
    version INTEGER NOT NULL,
    body TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    UNIQUE (purpose, language, version)
) STRICT;

CREATE TABLE templates (
    id BLOB NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('confirmation')),
    version INTEGER NOT NULL,
    body TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    UNIQUE (kind, version)
) STRICT;

CREATE TABLE shifts (
    id BLOB NOT NULL PRIMARY KEY,
    canvasser TEXT NOT NULL,
    place TEXT NOT NULL,
    started_at INTEGER NOT NULL
) STRICT;

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
) STRICT;

CREATE INDEX supporters_by_mobile ON supporters (mobile, captured_at)
WHERE mobile IS NOT NULL AND removed_at IS NULL;

CREATE INDEX supporters_newest ON supporters (captured_at, id) WHERE removed_at IS NULL;

CREATE INDEX supporters_by_household ON supporters (household_id) WHERE household_id IS NOT NULL;

-- One press of Save. Its id is the form's, so that saving a form twice saves it once.
CREATE TABLE captures (
    id BLOB NOT NULL PRIMARY KEY,
    supporter_id BLOB NOT NULL REFERENCES supporters (id),
    shift_id BLOB NOT NULL REFERENCES shifts (id),
    kind TEXT NOT NULL CHECK (kind IN ('new', 'update')),
    before TEXT, -- JSON of the person before an update, for Undo
    captured_at INTEGER NOT NULL,
    zone TEXT NOT NULL,
    undone_at INTEGER,
    queued INTEGER NOT NULL CHECK (queued IN (0, 1)) -- whether it queued a text, for Undo
) STRICT;

CREATE INDEX captures_by_supporter ON captures (supporter_id, captured_at);

CREATE INDEX captures_standing ON captures (undone_at) WHERE undone_at IS NULL;

-- Who said what to which wording, when and how. Rows are added, never changed.
CREATE TABLE consents (
    id BLOB NOT NULL PRIMARY KEY,
    supporter_id BLOB NOT NULL REFERENCES supporters (id),
    capture_id BLOB NOT NULL REFERENCES captures (id),
    purpose TEXT NOT NULL CHECK (purpose IN ('texts')),
    answer TEXT NOT NULL CHECK (answer IN ('granted', 'taken_back')),
    wording_id BLOB NOT NULL REFERENCES wordings (id),
    method TEXT NOT NULL CHECK (method IN ('spoken')),
    given_at INTEGER NOT NULL,
    zone TEXT NOT NULL
) STRICT;

CREATE INDEX consents_by_supporter ON consents (supporter_id, purpose, id);

-- A yes stands until the capture that held it is taken back; then the one before it counts again.
CREATE VIEW standing_consents AS
SELECT yes.id, yes.supporter_id, yes.purpose, yes.wording_id, yes.capture_id
FROM consents AS yes
WHERE yes.answer = 'granted'
AND NOT EXISTS (
    SELECT 1
    FROM consents AS back
    WHERE back.supporter_id = yes.supporter_id
    AND back.purpose = yes.purpose
    AND back.answer = 'taken_back'
    AND back.capture_id = yes.capture_id
);

-- Numbers that may not be texted, whoever they belong to.
CREATE TABLE opt_outs (
    mobile TEXT NOT NULL PRIMARY KEY,
    source TEXT NOT NULL CHECK (source IN ('carrier')),
    at INTEGER NOT NULL
) STRICT;

CREATE TABLE texts (
    id BLOB NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('confirmation', 'test')),
    supporter_id BLOB REFERENCES supporters (id),
    template_id BLOB REFERENCES templates (id),
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
    changed_at INTEGER NOT NULL,
    CHECK ((kind = 'test') = (supporter_id IS NULL)),
    CHECK (state <> 'sending' OR attempted_at IS NOT NULL)
) STRICT;

-- A number gets one confirmation, however many people share it.
CREATE UNIQUE INDEX texts_one_confirmation ON texts (mobile)
WHERE kind = 'confirmation' AND state <> 'not_sent';

CREATE UNIQUE INDEX texts_by_provider_id ON texts (gateway, provider_id)
WHERE provider_id IS NOT NULL;

CREATE INDEX texts_due ON texts (kind DESC, id) WHERE state = 'waiting';

CREATE INDEX texts_by_look ON texts (next_look_at) WHERE next_look_at IS NOT NULL;

CREATE INDEX texts_by_state ON texts (state, changed_at);

CREATE INDEX texts_by_supporter ON texts (supporter_id, id);

CREATE INDEX texts_accepted ON texts (gateway, accepted_at) WHERE accepted_at IS NOT NULL;

-- What happened to a text, in order: the evidence behind its state.
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

-- Which of the provider's texts were ever ours: a lost one is never mistaken for one of them.
CREATE INDEX text_events_by_provider_id ON text_events (provider_id) WHERE provider_id IS NOT NULL;

-- What stops sending until a person mends it.
CREATE TABLE holds (
    id BLOB NOT NULL PRIMARY KEY,
    scope TEXT NOT NULL CHECK (scope IN ('everything', 'country')),
    country TEXT NOT NULL, -- '' where the scope is everything
    trouble TEXT NOT NULL,
    code TEXT,
    since INTEGER NOT NULL,
    UNIQUE (scope, country, trouble)
) STRICT;

-- A gateway's settings as JSON, secrets included: they are as safe as the people here.
CREATE TABLE gateways (
    kind TEXT NOT NULL PRIMARY KEY CHECK (kind IN ('practice', 'twilio', 'kannel')),
    settings TEXT NOT NULL,
    active INTEGER NOT NULL CHECK (active IN (0, 1)),
    saved_at INTEGER NOT NULL
) STRICT;

CREATE UNIQUE INDEX gateways_one_active ON gateways (active) WHERE active = 1;

-- The half-filled form.
CREATE TABLE drafts (
    only INTEGER NOT NULL PRIMARY KEY DEFAULT 1 CHECK (only = 1),
    capture_id BLOB NOT NULL,
    form TEXT NOT NULL,
    saved_at INTEGER NOT NULL
) STRICT;
