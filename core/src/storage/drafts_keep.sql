INSERT INTO drafts (only, capture_id, form, saved_at)
SELECT 1, ?1, ?2, ?3
WHERE NOT EXISTS (SELECT 1 FROM captures WHERE id = ?1)
ON CONFLICT (only) DO UPDATE SET
    capture_id = excluded.capture_id,
    form = excluded.form,
    saved_at = excluded.saved_at
