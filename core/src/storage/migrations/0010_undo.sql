-- What Undo and Redo come to next.

-- It is neither undone nor done again: something else was done after it was undone, or whom it was done to was erased.
ALTER TABLE acts ADD COLUMN settled INTEGER NOT NULL DEFAULT 0 CHECK (settled IN (0, 1));

UPDATE acts
SET settled = 1
WHERE undone_at IS NOT NULL
AND laptop IS NULL
AND EXISTS (
    SELECT 1
    FROM acts AS later
    WHERE later.rowid > acts.rowid
    AND later.laptop IS NULL
    AND (
        later.at >= acts.undone_at
        OR (later.undone_at IS NULL AND later.kind NOT IN ('own_handset', 'take_in'))
    )
);

-- What is left of a correction whose person was erased is whom they moved in with.
UPDATE acts
SET settled = 1
WHERE kind = 'correction'
AND laptop IS NULL
AND NOT EXISTS (
    SELECT 1 FROM changes WHERE changes.act_id = acts.id AND changes.field NOT IN ('household', 'number_trouble')
);

CREATE INDEX acts_to_do_again ON acts (undone_at) WHERE undone_at IS NOT NULL AND laptop IS NULL AND settled = 0;

-- The ledger's last row before it: what they said since is after it.
ALTER TABLE acts ADD COLUMN ledger_before INTEGER NOT NULL DEFAULT 0;

UPDATE acts
SET ledger_before = coalesce(
    (SELECT ledger.rowid FROM ledger WHERE ledger.heard < acts.at ORDER BY ledger.heard DESC LIMIT 1),
    0
);

-- What somebody saved on the turned screen is theirs, as what their own phone did is.
UPDATE acts
SET kind = 'own_handset'
WHERE kind = 'capture'
AND laptop IS NULL
AND EXISTS (SELECT 1 FROM ledger WHERE ledger.capture_id = acts.id AND ledger.method = 'own_hand');
