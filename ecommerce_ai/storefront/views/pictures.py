from urllib.parse import quote

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase, HttpResponseRedirect
from PIL import Image

from ecommerce_ai.storefront.pictures import variant_file

CACHE_CONTROL = "public, max-age=604800"


def picture(request: HttpRequest, width: int, image: str) -> HttpResponseBase:
    """A photograph below the media folder in one of our widths; the file itself where it cannot be scaled."""
    try:
        file = variant_file(image, width=width)
    except (OSError, Image.DecompressionBombError):
        return HttpResponseRedirect(f"{settings.MEDIA_URL}{quote(image)}")
    if file is None:
        raise Http404
    return FileResponse(file.open("rb"), content_type="image/webp", headers={"Cache-Control": CACHE_CONTROL})
