SELECT
    supporters.id,
    supporters.first_name,
    supporters.last_name,
    supporters.mobile,
    supporters.postcode,
    supporters.captured_at,
    EXISTS (
        SELECT 1
        FROM last_words
        WHERE last_words.supporter_id = supporters.id
        AND last_words.purpose = 'texts'
        AND last_words.what = 'grant'
    ),
    (
        SELECT texts.state
        FROM texts
        WHERE texts.supporter_id = supporters.id
        ORDER BY texts.id DESC
        LIMIT 1
    ),
    (
        SELECT shifts.canvasser
        FROM captures
        JOIN shifts ON shifts.id = captures.shift_id
        WHERE captures.supporter_id = supporters.id
        ORDER BY captures.captured_at
        LIMIT 1
    ),
    EXISTS (
        SELECT 1
        FROM last_words
        WHERE last_words.supporter_id = supporters.id
        AND last_words.purpose = 'texts'
        AND last_words.confirmed
    ),
    supporters.mobile IS NOT NULL
    AND EXISTS (SELECT 1 FROM opt_outs WHERE opt_outs.mobile = supporters.mobile)
FROM supporters
WHERE supporters.removed_at IS NULL
ORDER BY supporters.captured_at DESC, supporters.id DESC
LIMIT ?1 OFFSET ?2
