SELECT word.id
FROM ledger AS word
WHERE (word.capture_id = ?1 OR word.id = ?2)
AND word.what IN ('grant', 'refusal', 'withdrawal')
AND word.purpose IS NOT NULL
AND word.supporter_id IS NOT NULL
AND EXISTS (
    SELECT 1 FROM ledger AS back WHERE back.about_id = word.id AND back.what = 'taken_back'
)
-- Whatever they said since stands.
AND NOT EXISTS (
    SELECT 1
    FROM ledger AS later
    WHERE later.supporter_id = word.supporter_id
    AND later.purpose = word.purpose
    AND later.what IN ('grant', 'refusal', 'withdrawal')
    AND (later.heard, later.id) > (word.heard, word.id)
    AND (
        -- Said again, it is the newest of the two that would stand.
        later.capture_id = word.capture_id
        OR NOT EXISTS (
            SELECT 1 FROM ledger AS back WHERE back.about_id = later.id AND back.what = 'taken_back'
        )
    )
)
ORDER BY word.heard, word.id
