INSERT INTO ledger (
    id, laptop, number, at, zone, what, purpose, method, capture_id, shift_id, wording_id, supporter_id,
    personal, salt, personal_digest, previous, hash
)
SELECT
    ?1, ?2, 1, ?6, 'Europe/London', 'grant', 'texts', 'spoken', ?3, ?4, ?5, ?2,
    '{"canvasser":"Sam","mobile":"+12025550100","name":"Amina Khan","place":"Brixton tube","supporter":"01900000-0000-7000-8000-000000000000"}',
    randomblob(32), randomblob(32), randomblob(32), randomblob(32)
