"""What each page shows, in a fixed number of queries."""

from ecommerce_ai.storefront.selectors.cards import ProductCard, Rating, product_cards, ranked_cards
from ecommerce_ai.storefront.selectors.carts import CartPage, cart_page
from ecommerce_ai.storefront.selectors.home import HomePage, home_page, popular_cards
from ecommerce_ai.storefront.selectors.listings import Listing, found_listing, shelf_listing
from ecommerce_ai.storefront.selectors.navigation import Department, breadcrumb, cart_units, departments
from ecommerce_ai.storefront.selectors.orders import OrderPage, order_of, order_page, orders_of
from ecommerce_ai.storefront.selectors.product_page import ProductPage, product_page
from ecommerce_ai.storefront.selectors.searching import SearchPage, WayOn, search_page

__all__ = [
    "CartPage",
    "Department",
    "HomePage",
    "Listing",
    "OrderPage",
    "ProductCard",
    "ProductPage",
    "Rating",
    "SearchPage",
    "WayOn",
    "breadcrumb",
    "cart_page",
    "cart_units",
    "departments",
    "found_listing",
    "home_page",
    "order_of",
    "order_page",
    "orders_of",
    "popular_cards",
    "product_cards",
    "product_page",
    "ranked_cards",
    "search_page",
    "shelf_listing",
]
