SELECT EXISTS (
    SELECT 1
    FROM ledger AS word
    WHERE word.supporter_id = ?1
    AND word.rowid > ?2
    AND word.method IN ('own_hand', 'own_handset')
    AND NOT EXISTS (
        SELECT 1 FROM ledger AS back WHERE back.about_id = word.id AND back.what = 'taken_back'
    )
)
