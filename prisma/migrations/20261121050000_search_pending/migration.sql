-- How much these indexes collect before it is sorted in is said by who writes: little in small batches, which would
-- wait for it, much in a first list (lib/inventory/store.ts).
ALTER INDEX search_text_idx RESET (gin_pending_list_limit);
ALTER INDEX search_relations_idx RESET (gin_pending_list_limit);
