-- Every guide list, in the order of slugs.
select document from catalogue_guidelist order by slug
