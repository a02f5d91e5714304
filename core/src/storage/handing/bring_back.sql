-- Whoever went with one laptop's capture or list, and was captured on another, whatever was heard of first. Whoever was
-- merged or erased stays gone.
UPDATE supporters
SET removed_at = NULL, turns = turns + 1
WHERE removed_at IS NOT NULL
AND withheld = 0
AND NOT EXISTS (SELECT 1 FROM erased WHERE erased.supporter_id = supporters.id)
AND NOT EXISTS (SELECT 1 FROM merges WHERE merges.gone_id = supporters.id AND merges.stands = 1)
AND EXISTS (
    SELECT 1 FROM captures WHERE captures.supporter_id = supporters.id AND captures.undone_at IS NULL
)
RETURNING id
