-- Whoever stayed though the capture that brought them in was undone, and for whom nothing speaks any more.
UPDATE supporters
SET removed_at = ?1, turns = turns + 1
WHERE removed_at IS NULL
AND id IN (
    SELECT captures.supporter_id FROM captures WHERE captures.kind = 'new' AND captures.undone_at IS NOT NULL
)
AND NOT EXISTS (SELECT 1 FROM spoken_for WHERE spoken_for.supporter_id = supporters.id)
RETURNING id
