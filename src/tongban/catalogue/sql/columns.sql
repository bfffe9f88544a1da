-- The one set of columns; none until a pack says so.
select document from catalogue_columns
