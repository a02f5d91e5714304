UPDATE supporters
SET first_name = '', last_name = '', mobile = NULL, email = '', postcode = '', household_id = NULL,
    number_trouble = NULL, brought_by = NULL, updated_at = ?2, withheld = 1
WHERE id IN (
    SELECT supporters.id
    FROM acts
    JOIN supporters ON supporters.brought_by = acts.id
    WHERE acts.kind = 'import'
    AND acts.undone_at <= ?1
    AND supporters.removed_at <= ?1
    AND NOT EXISTS (SELECT 1 FROM texts WHERE texts.supporter_id = supporters.id)
    AND NOT EXISTS (SELECT 1 FROM opt_outs WHERE opt_outs.mobile = supporters.mobile)
)
