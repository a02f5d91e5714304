INSERT INTO texts (
    id, kind, turn, supporter_id, mobile, country, body, segments, state, reason, code, not_before, attempts,
    attempted_at, accepted_at, looks, created_at, changed_at, laptop, stands
)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?15, ?12, ?13, ?14, 0, ?15, ?16, ?17, ?18)
ON CONFLICT (id) DO UPDATE
SET
    body = excluded.body,
    segments = excluded.segments,
    state = excluded.state,
    reason = excluded.reason,
    code = excluded.code,
    attempts = excluded.attempts,
    attempted_at = excluded.attempted_at,
    accepted_at = excluded.accepted_at,
    next_look_at = NULL,
    changed_at = excluded.changed_at,
    laptop = coalesce(texts.laptop, excluded.laptop), -- counted as another's once, it stays so
    stands = excluded.stands
