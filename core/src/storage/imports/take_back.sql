UPDATE supporters
SET removed_at = ?2, updated_at = ?2, turns = turns + 1
WHERE brought_by = ?1
AND removed_at IS NULL
AND household_id IS NULL
AND NOT EXISTS (
    SELECT 1 FROM captures WHERE captures.supporter_id = supporters.id AND captures.undone_at IS NULL
)
AND NOT EXISTS (
    SELECT 1
    FROM texts
    WHERE texts.supporter_id = supporters.id
    AND (texts.state <> 'not_sent' OR texts.attempted_at IS NOT NULL)
)
AND NOT EXISTS (
    SELECT 1
    FROM ledger
    WHERE ledger.supporter_id = supporters.id
    AND ledger.what IN ('grant', 'refusal', 'confirmation', 'withdrawal')
    AND ledger.method <> 'import'
    AND NOT EXISTS (
        SELECT 1 FROM ledger AS back WHERE back.about_id = ledger.id AND back.what = 'taken_back'
    )
)
AND NOT EXISTS (
    SELECT 1
    FROM changes
    JOIN acts ON acts.id = changes.act_id
    WHERE changes.supporter_id = supporters.id AND changes.act_id <> ?1 AND acts.undone_at IS NULL
)
