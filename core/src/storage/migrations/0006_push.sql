-- The server that people are pushed to, and its token: as safe here as the people are.
CREATE TABLE osdi_server (
    only INTEGER NOT NULL PRIMARY KEY DEFAULT 1 CHECK (only = 1),
    address TEXT NOT NULL,
    token TEXT NOT NULL,
    saved_at INTEGER NOT NULL
) STRICT;

-- How the last push to it went.
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

-- What a server was told of each person last.
CREATE TABLE pushed (
    supporter_id BLOB NOT NULL REFERENCES supporters (id),
    server TEXT NOT NULL,
    digest BLOB NOT NULL, -- SHA-256 of what it was told
    at INTEGER NOT NULL,
    refused TEXT, -- why it did not take them
    PRIMARY KEY (supporter_id, server)
) STRICT;

CREATE INDEX pushed_refused ON pushed (server, at) WHERE refused IS NOT NULL;
