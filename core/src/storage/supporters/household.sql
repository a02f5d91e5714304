SELECT other.id, other.first_name, other.last_name
FROM supporters AS one
JOIN supporters AS other ON other.household_id = one.household_id
WHERE one.id = ?1 AND other.id <> ?1 AND other.removed_at IS NULL
UNION
SELECT other.id, other.first_name, other.last_name
FROM supporters AS one
JOIN supporters AS other ON other.mobile = one.mobile
WHERE one.id = ?1 AND other.id <> ?1 AND other.removed_at IS NULL
ORDER BY 1
LIMIT 20
