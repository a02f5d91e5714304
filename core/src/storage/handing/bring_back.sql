-- Whoever went with one laptop's capture or list, and for whom something speaks, whatever was heard of first. Whoever was
-- merged or erased stays gone.
UPDATE supporters
SET removed_at = NULL, turns = turns + 1
WHERE removed_at IS NOT NULL
AND withheld = 0
AND NOT EXISTS (SELECT 1 FROM erased WHERE erased.supporter_id = supporters.id)
AND NOT EXISTS (SELECT 1 FROM merges WHERE merges.gone_id = supporters.id AND merges.stands = 1)
AND EXISTS (SELECT 1 FROM spoken_for WHERE spoken_for.supporter_id = supporters.id)
RETURNING id
