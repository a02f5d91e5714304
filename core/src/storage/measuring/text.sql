INSERT INTO texts (
    id, kind, turn, supporter_id, template_id, mobile, country, body, segments, state, reason,
    not_before, attempts, looks, created_at, changed_at
)
VALUES (
    ?1, 'confirmation', 4, ?2, ?3, ?4, 'GB',
    'Hi Amina, this is Clean Air Now. Thanks for talking to Sam. Reply YES to get our texts, or STOP at any time to get none.',
    1, 'waiting', 'queued', ?5, 0, 0, ?5, ?5
)
