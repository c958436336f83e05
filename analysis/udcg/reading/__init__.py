"""From an article to claims: text -> sentences -> mentions -> claims -> what the ledger knows of them."""
