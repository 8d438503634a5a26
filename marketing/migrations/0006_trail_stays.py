"""What was done about a text stays as it was written down; only the name of who left may go."""

from django.db import migrations

KEEP_TRAIL = """
CREATE FUNCTION marketing_keep_trail() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'A line of the trail does not change.' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER step_stays BEFORE UPDATE ON marketing_step
    FOR EACH ROW WHEN (
        (OLD.candidate_id, OLD.kind, OLD.comment, OLD.before, OLD.after, OLD.at)
        IS DISTINCT FROM
        (NEW.candidate_id, NEW.kind, NEW.comment, NEW.before, NEW.after, NEW.at)
    ) EXECUTE FUNCTION marketing_keep_trail();
"""
LET_IT_CHANGE = """
DROP TRIGGER step_stays ON marketing_step;
DROP FUNCTION marketing_keep_trail();
"""


class Migration(migrations.Migration):
    dependencies = [("marketing", "0005_first_rules")]
    operations = [migrations.RunSQL(KEEP_TRAIL, LET_IT_CHANGE)]
