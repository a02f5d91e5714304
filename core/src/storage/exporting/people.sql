SELECT
    supporters.id,
    supporters.first_name,
    supporters.last_name,
    supporters.mobile,
    supporters.email,
    supporters.postcode,
    supporters.language,
    supporters.number_trouble IS NOT NULL,
    EXISTS (SELECT 1 FROM opt_outs WHERE opt_outs.mobile = supporters.mobile)
FROM supporters
WHERE supporters.removed_at IS NULL
