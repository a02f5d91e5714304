UPDATE texts
SET
    state = 'sending',
    reason = 'leaving',
    code = NULL,
    gateway = ?2,
    account = ?3,
    provider_id = NULL,
    attempts = attempts + 1,
    attempted_at = ?4,
    accepted_at = NULL,
    next_look_at = NULL,
    looks = 0,
    first_look_at = NULL,
    changed_at = ?4
WHERE id = ?1 AND state = 'waiting'
