"""Knowledge as reviewed data: plain files under ``data/``, loaders and lookups beside them."""
