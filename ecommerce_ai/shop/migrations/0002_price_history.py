"""Every change of a price is kept by the database itself, so neither COPY nor a shell goes around it.

The time is the transaction's, or that of the setting `ecommerce_ai.effective_at` where history is written:
SELECT set_config('ecommerce_ai.effective_at', '2026-01-31T09:00:00Z', true).
"""

from django.db import migrations

CREATE = """
CREATE FUNCTION shop_keep_price_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO shop_pricechange (product_id, price, previous_price, currency, changed_at)
    VALUES (
        NEW.id, NEW.price, CASE WHEN TG_OP = 'UPDATE' THEN OLD.price END, NEW.currency,
        COALESCE(NULLIF(current_setting('ecommerce_ai.effective_at', true), '')::timestamptz, now())
    );
    RETURN NULL;
END $$;
CREATE TRIGGER product_price_created AFTER INSERT ON shop_product
    FOR EACH ROW EXECUTE FUNCTION shop_keep_price_change();
CREATE TRIGGER product_price_changed AFTER UPDATE OF price, currency ON shop_product
    FOR EACH ROW WHEN (OLD.price IS DISTINCT FROM NEW.price OR OLD.currency IS DISTINCT FROM NEW.currency)
    EXECUTE FUNCTION shop_keep_price_change();
"""
DROP = """
DROP TRIGGER product_price_created ON shop_product;
DROP TRIGGER product_price_changed ON shop_product;
DROP FUNCTION shop_keep_price_change();
"""


class Migration(migrations.Migration):
    dependencies = [("shop", "0001_initial")]
    operations = [migrations.RunSQL(CREATE, DROP)]
