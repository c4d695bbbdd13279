-- Punctuation as letters, see lib/inventory/searchable.ts.
UPDATE search SET text = translate(text, '-._:/@=', 'აბგდევზ');
