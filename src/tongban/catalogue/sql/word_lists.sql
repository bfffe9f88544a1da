-- Every word list, in the order of slugs.
select document from catalogue_wordlist order by slug
