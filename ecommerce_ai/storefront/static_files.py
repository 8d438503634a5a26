from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFiles(CompressedManifestStaticFilesStorage):
    """Each address is worked out once: what a release serves does not change while it runs."""

    def __init__(self, location: str | None = None, base_url: str | None = None) -> None:
        super().__init__(location, base_url)
        self.addresses: dict[str, str] = {}

    def url(self, name: str | None, force: bool = False) -> str:  # noqa: FBT001, FBT002 - as the library has it
        key = name or ""
        if key not in self.addresses:
            self.addresses[key] = super().url(name, force)
        return self.addresses[key]
