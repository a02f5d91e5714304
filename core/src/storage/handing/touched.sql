SELECT id
FROM supporters
WHERE removed_at IS NULL AND updated_at >= ?1
UNION
SELECT id
FROM supporters
WHERE removed_at IS NOT NULL AND removed_at >= ?1
UNION
SELECT supporter_id
FROM taken_in
WHERE at >= ?1
UNION
SELECT supporter_id
FROM ledger
WHERE rowid > ?2 AND supporter_id IS NOT NULL
UNION
SELECT supporter_id
FROM changes
WHERE rowid > ?3
UNION
SELECT texts.supporter_id
FROM text_events
JOIN texts ON texts.id = text_events.text_id
WHERE text_events.rowid > ?4 AND texts.supporter_id IS NOT NULL
