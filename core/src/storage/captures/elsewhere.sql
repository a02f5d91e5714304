SELECT
    EXISTS (
        SELECT 1
        FROM captures
        WHERE captures.supporter_id = ?1 AND captures.id <> ?2 AND captures.undone_at IS NULL
    )
    OR EXISTS (
        SELECT 1
        FROM ledger AS word
        WHERE word.supporter_id = ?1
        AND word.what IN ('grant', 'refusal', 'confirmation', 'withdrawal')
        AND word.laptop <> (SELECT campaign.laptop FROM campaign)
        AND word.laptop NOT IN (SELECT restores.laptop FROM restores WHERE restores.laptop IS NOT NULL)
        AND word.capture_id IS NOT ?2
        AND NOT EXISTS (
            SELECT 1 FROM ledger AS back WHERE back.about_id = word.id AND back.what = 'taken_back'
        )
    )
