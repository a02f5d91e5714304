-- When this vault was put back to an earlier state: what left after that state is not in it.
CREATE TABLE restores (
    id BLOB NOT NULL PRIMARY KEY,
    backup_at INTEGER NOT NULL, -- the state that it was put back to
    at INTEGER NOT NULL
) STRICT;

CREATE INDEX restores_by_time ON restores (at);

-- What waited or may have gone at that state, and is a person's or the provider's to settle.
CREATE INDEX texts_restored ON texts (id) WHERE state = 'uncertain' AND reason = 'restored';
