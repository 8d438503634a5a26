from django.urls import path, register_converter

from ecommerce_ai.storefront.converters import ShelfPath
from ecommerce_ai.storefront.views import (
    account,
    auth,
    cart,
    catalog,
    checkout,
    erasure,
    home,
    pictures,
    privacy,
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
    path("your-data/", privacy.your_data, name="your_data"),
    path("your-data/tags/", privacy.change_tag, name="change_tag"),
    path("your-data/consent/", privacy.consent, name="consent"),
    path("your-data/notice/", privacy.answer_notice, name="answer_notice"),
    path("your-data/copy/", privacy.make_copy, name="make_copy"),
    path("your-data/copy/<str:token>/<str:name>", privacy.copy, name="copy"),
    path("your-data/erase/", erasure.erase, name="erase"),
    path("your-data/erase/begin/", erasure.begin, name="erase_begin"),
    path("your-data/erase/code/", erasure.send_code, name="erase_code"),
    path("your-data/erase/call-off/", erasure.call_off, name="erase_call_off"),
    path("your-data/erased/<uuid:pk>/", erasure.erased, name="erased"),
    path("theme/", theme.choose_theme, name="theme"),
    path("pictures/<int:width>/<path:image>", pictures.picture, name="picture"),
]
