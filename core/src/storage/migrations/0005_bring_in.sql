-- Lists that were brought in.
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
) STRICT;

-- What an import wrote into the ledger: stretches of a laptop's chain, one for each time it was done.
CREATE TABLE import_entries (
    import_id BLOB NOT NULL REFERENCES imports (id),
    laptop BLOB NOT NULL,
    first_number INTEGER NOT NULL,
    last_number INTEGER NOT NULL,
    PRIMARY KEY (import_id, first_number)
) STRICT;

-- Numbers that nobody calls, from lists such as the Telephone Preference Service's. Most are strangers': nothing of
-- them is kept but this.
CREATE TABLE do_not_call (
    key BLOB NOT NULL PRIMARY KEY, -- keyed hash of the number, as an opt-out's
    import_id BLOB NOT NULL REFERENCES imports (id),
    at INTEGER NOT NULL
) STRICT;

CREATE INDEX supporters_by_email ON supporters (email COLLATE NOCASE)
WHERE email <> '' AND removed_at IS NULL;

-- Who is known by a name alone.
CREATE INDEX supporters_by_name_alone ON supporters (last_name, first_name)
WHERE mobile IS NULL AND email = '' AND removed_at IS NULL;
