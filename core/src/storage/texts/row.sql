SELECT
    texts.id,
    texts.kind,
    supporters.first_name,
    supporters.last_name,
    texts.mobile,
    texts.body,
    texts.segments,
    texts.state,
    texts.reason,
    texts.not_before,
    texts.attempts,
    texts.account,
    texts.changed_at,
    coalesce(supporters.postcode, ''),
    texts.template_id,
    texts.laptop IS NOT NULL
FROM texts
LEFT JOIN supporters ON supporters.id = texts.supporter_id
