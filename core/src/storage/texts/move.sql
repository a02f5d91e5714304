UPDATE texts
SET
    state = ?2,
    reason = ?3,
    code = ?4,
    provider_id = CASE ?2 WHEN 'waiting' THEN NULL ELSE coalesce(?5, provider_id) END,
    not_before = coalesce(?6, not_before),
    next_look_at = ?7,
    accepted_at = CASE
        WHEN ?2 = 'waiting' THEN NULL
        WHEN ?2 IN ('accepted', 'delivered', 'undelivered') THEN coalesce(accepted_at, ?8)
        ELSE accepted_at
    END,
    looks = CASE WHEN ?2 = state THEN looks ELSE 0 END,
    first_look_at = CASE WHEN ?2 = state THEN first_look_at END,
    changed_at = ?8
WHERE id = ?1
