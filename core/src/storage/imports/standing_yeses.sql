SELECT word.id
FROM import_entries
JOIN ledger AS word
    ON word.laptop = import_entries.laptop
    AND word.number BETWEEN import_entries.first_number AND import_entries.last_number
JOIN supporters ON supporters.id = word.supporter_id
WHERE import_entries.import_id = ?1
AND word.what = 'grant'
-- Whom it brought in and who stays, stays with what they said.
AND (supporters.removed_at IS NOT NULL OR supporters.brought_by IS NOT ?1)
AND NOT EXISTS (
    SELECT 1 FROM ledger AS back WHERE back.about_id = word.id AND back.what = 'taken_back'
)
-- Of whoever has gone, whatever was said after it is taken back too.
AND (
    supporters.removed_at IS NOT NULL
    OR NOT EXISTS (
        SELECT 1
        FROM ledger AS later
        WHERE later.supporter_id = word.supporter_id
        AND later.purpose = word.purpose
        AND later.what IN ('grant', 'refusal', 'confirmation', 'withdrawal')
        AND later.rowid > word.rowid
    )
)
ORDER BY word.rowid
