from ecommerce_ai.data_register import impersonal

impersonal("api.ApiKey", "id name scopes prefix key_hash created_at last_used_at revoked_at")
