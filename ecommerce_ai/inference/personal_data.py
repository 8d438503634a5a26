from ecommerce_ai.data_register import impersonal

impersonal(
    "inference.ModelRun",
    "id name kind parameters metrics data_from data_until artefact_path is_live duration_s created_at",
)
