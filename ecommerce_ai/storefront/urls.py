from django.urls import path, register_converter

from ecommerce_ai.storefront.converters import ShelfPath
from ecommerce_ai.storefront.views import (
    account,
    auth,
    cart,
    catalog,
    checkout,
    home,
    pictures,
    product,
    questions,
    search,
    theme,
)

register_converter(ShelfPath, "shelf")

app_name = "storefront"
urlpatterns = [
    path("", home.home, name="home"),
    path("shelves/<shelf:path>/", catalog.shelf, name="shelf"),
    path("products/<int:pk>/", product.product, name="product"),
    path("products/<int:pk>/<str:slug>/", product.product, name="product"),
    path("products/<int:pk>/<str:slug>/questions", questions.ask, name="ask"),
    path("search/", search.search, name="search"),
    path("search/settled/", search.settled, name="settled"),
    path("search/suggestions/", search.suggest, name="suggest"),
    path("cart/", cart.cart, name="cart"),
    path("cart/add", cart.add, name="cart_add"),
    path("cart/change", cart.change, name="cart_change"),
    path("checkout/", checkout.checkout, name="checkout"),
    path("checkout/done/<str:number>/", checkout.done, name="order_placed"),
    path("account/", account.account, name="account"),
    path("account/orders/", account.orders, name="orders"),
    path("account/orders/<str:number>/", account.order, name="order"),
    path("account/password/", account.change_password, name="change_password"),
    path("account/log-in/", auth.log_in, name="log_in"),
    path("account/log-out/", auth.log_out, name="log_out"),
    path("account/sign-up/", auth.sign_up, name="sign_up"),
    path("theme/", theme.choose_theme, name="theme"),
    path("pictures/<int:width>/<path:image>", pictures.picture, name="picture"),
]
