INSERT INTO texts (
    id, kind, turn, supporter_id, template_id, answers_id, mobile, country, body, segments, state, reason,
    not_before, not_after, attempts, looks, created_at, changed_at
)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, 0, 0, ?13, ?13)
