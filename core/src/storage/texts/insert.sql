INSERT INTO texts (
    id, kind, supporter_id, template_id, mobile, country, body, segments, state, reason,
    not_before, attempts, looks, created_at, changed_at
)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, 0, 0, ?11, ?11)
