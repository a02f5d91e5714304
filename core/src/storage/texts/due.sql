SELECT
    texts.id,
    texts.kind,
    texts.supporter_id,
    texts.mobile,
    texts.body,
    texts.state,
    texts.reason,
    texts.attempts,
    texts.provider_id,
    texts.attempted_at,
    texts.accepted_at,
    texts.looks,
    texts.first_look_at,
    EXISTS (SELECT 1 FROM opt_outs WHERE opt_outs.mobile = texts.mobile),
    supporters.removed_at IS NOT NULL,
    texts.supporter_id IS NOT NULL AND supporters.mobile IS NOT texts.mobile,
    (
        texts.kind <> 'reply'
        AND EXISTS (
            SELECT 1
            FROM last_words
            WHERE last_words.supporter_id = texts.supporter_id
            AND last_words.purpose = 'texts'
            AND last_words.what = 'grant'
        )
    )
    -- An answer by hand goes to whoever reads that phone.
    OR (
        texts.kind = 'reply'
        AND EXISTS (
            SELECT 1
            FROM supporters AS there
            JOIN last_words ON last_words.supporter_id = there.id
            WHERE there.mobile = texts.mobile
            AND there.removed_at IS NULL
            AND last_words.purpose = 'texts'
            AND last_words.what = 'grant'
        )
    ),
    (
        texts.kind <> 'reply'
        AND EXISTS (
            SELECT 1
            FROM last_words
            WHERE last_words.supporter_id = texts.supporter_id
            AND last_words.purpose = 'texts'
            AND last_words.confirmed
        )
    )
    OR (
        texts.kind = 'reply'
        AND EXISTS (
            SELECT 1
            FROM supporters AS there
            JOIN last_words ON last_words.supporter_id = there.id
            WHERE there.mobile = texts.mobile
            AND there.removed_at IS NULL
            AND last_words.purpose = 'texts'
            AND last_words.confirmed
        )
    ),
    texts.answers_id IS NOT NULL,
    EXISTS (
        SELECT 1
        FROM inbound
        WHERE inbound.mobile = texts.mobile AND inbound.meaning = 'likely_stop' AND inbound.decided_at IS NULL
    ),
    texts.not_after,
    texts.not_before,
    coalesce(supporters.postcode, ''),
    coalesce(supporters.first_name, ''),
    coalesce(supporters.last_name, ''),
    texts.segments,
    texts.changed_at,
    coalesce(supporters.language, 'en'),
    texts.template_id,
    -- What other laptops do about this number: 3 one has texted it, 2 one is about to and was first, 1 one is about to.
    CASE texts.kind WHEN 'confirmation' THEN coalesce(
        (
            SELECT max(CASE WHEN theirs.state <> 'not_sent' THEN 3 WHEN theirs.id < texts.id THEN 2 ELSE 1 END)
            FROM texts AS theirs
            WHERE theirs.mobile = texts.mobile
            AND theirs.laptop IS NOT NULL
            AND theirs.kind = 'confirmation'
            AND (theirs.state <> 'not_sent' OR theirs.stands IS NOT NULL)
        ),
        0
    ) ELSE 0 END
FROM texts
LEFT JOIN supporters ON supporters.id = texts.supporter_id
