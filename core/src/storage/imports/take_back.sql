UPDATE supporters
SET removed_at = ?2, updated_at = ?2, turns = turns + 1
WHERE brought_by = ?1
AND removed_at IS NULL
AND household_id IS NULL
AND NOT EXISTS (
    SELECT 1
    FROM texts
    WHERE texts.supporter_id = supporters.id
    AND (texts.state <> 'not_sent' OR texts.attempted_at IS NOT NULL)
)
-- For whom anything else speaks stays, as in the view spoken_for: what the list itself said goes with it.
AND NOT EXISTS (
    SELECT 1 FROM captures WHERE captures.supporter_id = supporters.id AND captures.undone_at IS NULL
)
AND NOT EXISTS (SELECT 1 FROM merges WHERE merges.kept_id = supporters.id AND merges.stands = 1)
AND NOT EXISTS (
    SELECT 1
    FROM words_for
    WHERE words_for.supporter_id = supporters.id
    AND NOT EXISTS (
        SELECT 1
        FROM import_entries
        WHERE import_entries.import_id = ?1
        AND import_entries.laptop = words_for.laptop
        AND words_for.number BETWEEN import_entries.first_number AND import_entries.last_number
    )
)
AND NOT EXISTS (
    SELECT 1
    FROM changes
    JOIN acts ON acts.id = changes.act_id
    WHERE changes.supporter_id = supporters.id AND changes.act_id <> ?1 AND acts.undone_at IS NULL
)
