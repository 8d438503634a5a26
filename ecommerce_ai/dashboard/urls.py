"""Pages of the office beyond ModelAdmin; included before the admin's own addresses."""

from django.urls import path

from ecommerce_ai.dashboard.views import (
    customers,
    fairness,
    imports,
    jobs,
    log_in,
    recommendations,
    search,
    segments,
)

app_name = "dashboard"
urlpatterns = [
    path("login/", log_in.log_in, name="log_in"),
    path("imports/new/", imports.new_import, name="import"),
    path("imports/<int:pk>/rejects/", imports.import_rejects, name="import_rejects"),
    path("searches/", search.report, name="search"),
    path("searches/searches.csv", search.report_csv, name="search_csv"),
    path("search/preview/", search.preview, name="search_preview"),
    path("search/draft-product/", search.draft_product, name="draft_product"),
    path("search/synonyms/<int:pk>/live/", search.put_synonym_live, name="synonym_live"),
    path("search/pins/<int:pk>/live/", search.put_pin_live, name="searchpin_live"),
    path("customers/", customers.customers, name="customers"),
    path("customers/<int:pk>/", customers.customer, name="customer"),
    path("segments/", segments.segments, name="segments"),
    path("segments/new/", segments.new_segment, name="segment_new"),
    path("segments/<int:pk>/", segments.segment, name="segment"),
    path("segments/<int:pk>/rules/", segments.edit_segment, name="segment_edit"),
    path("segments/<int:pk>/delete/", segments.remove_segment, name="segment_delete"),
    path("fairness/", fairness.fairness, name="fairness"),
    path("recommendations/impressions/<uuid:pk>/", recommendations.impression, name="impression"),
    path("recommendations/preview/", recommendations.preview, name="preview"),
    path("recommendations/versions/", recommendations.pipelines, name="pipelines"),
    path("recommendations/versions/undo/", recommendations.undo_pipeline, name="pipeline_undo"),
    path(
        "recommendations/versions/<int:pk>/<str:step>/",
        recommendations.change_pipeline,
        name="pipeline_change",
    ),
    path("jobs/", jobs.jobs, name="jobs"),
    path("jobs/refresh/", jobs.refresh, name="refresh"),
    path("jobs/<uuid:pk>/", jobs.job, name="job"),
    path("jobs/<uuid:pk>/retry/", jobs.retry, name="job_retry"),
    path("jobs/<uuid:pk>/stop/", jobs.stop, name="job_stop"),
    path("jobs/<uuid:pk>/rejects/", jobs.rejects, name="job_rejects"),
]
