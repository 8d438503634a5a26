"""Pictures of products: addresses elsewhere, drawings as they are, photographs in three widths."""

from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile
from urllib.parse import quote

from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation
from django.templatetags.static import static
from django.urls import reverse
from django.utils._os import safe_join
from PIL import Image, ImageOps

WIDTHS = (320, 640, 960)
RASTER = {".jpg", ".jpeg", ".png", ".webp"}
VARIANTS = "variants"


@dataclass(frozen=True)
class Picture:
    """`srcset` is empty where one file serves every width."""

    src: str
    srcset: str = ""


def picture_of(image: str) -> Picture:
    """The picture behind what a product names: an https address, or a path below the media folder."""
    if image.startswith("https://"):
        return Picture(image)
    if not image or "://" in image:
        return Picture(static("img/placeholder.svg"))
    if Path(image).suffix.lower() in RASTER:
        links = [(reverse("storefront:picture", args=[width, image]), width) for width in WIDTHS]
        return Picture(links[1][0], ", ".join(f"{link} {width}w" for link, width in links))
    return Picture(f"{settings.MEDIA_URL}{quote(image)}")


def variant_file(image: str, *, width: int) -> Path | None:
    """The WebP file of this picture at this width, made on the first call; None where there is no picture."""
    try:
        source = Path(safe_join(settings.MEDIA_ROOT, image))
        target = Path(safe_join(settings.MEDIA_ROOT, VARIANTS, str(width), f"{image}.webp"))
    except (SuspiciousFileOperation, ValueError):
        return None
    if width not in WIDTHS or source.suffix.lower() not in RASTER or not source.is_file():
        return None
    if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
        make_variant(source, target, width=width)
    return target


def make_variant(source: Path, target: Path, *, width: int) -> None:
    """Written beside and moved into place: nobody is served half a picture."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with Image.open(source) as picture:
        upright = ImageOps.exif_transpose(picture).convert("RGB")
    upright.thumbnail((width, width * 4))
    with NamedTemporaryFile(dir=target.parent, suffix=".part", delete=False) as unfinished:
        upright.save(unfinished, "WEBP", quality=80)
    Path(unfinished.name).replace(target)
