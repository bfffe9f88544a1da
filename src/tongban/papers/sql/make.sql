-- A paper is kept once: of two that were made of one act, the first; no row comes back to the other.
insert into papers_paper (owner, seq, kind, code, title, number, body, issuer, issued_on, sample, digest,
                          sealed, made_at, withdrawn_at)
values ($1::bigint, $2::int, $3::text, $4::text, $5::text, $6::text, $7::text, $8::text, $9::date, $10::bool,
        $11::bytea, $12::bytea, $13::timestamptz, $14::timestamptz)
on conflict (owner, seq) do nothing
returning 1
