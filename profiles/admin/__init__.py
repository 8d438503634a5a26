"""What staff see of inferences: read only, but for the verdict on a risk and the examples of a label."""

from profiles.admin import labels, profiles, risks

__all__ = ["labels", "profiles", "risks"]
