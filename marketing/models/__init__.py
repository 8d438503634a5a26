"""What is written to shoppers: briefs, candidates, who approved which text, and what was learned from it."""

from marketing.models.briefs import Brief, Channel, Language, Tone, Writer
from marketing.models.budgets import WriterBudget, WriterCall
from marketing.models.campaigns import Campaign, CampaignChange
from marketing.models.candidates import Candidate, Step
from marketing.models.learning import PreferencePair
from marketing.models.recipients import Click, Reason, Recipient, Suppression
from marketing.models.rules import CopyRule
from marketing.models.variants import PersonalSet, PersonalVariant, Variant

__all__ = [
    "Brief",
    "Campaign",
    "CampaignChange",
    "Candidate",
    "Channel",
    "Click",
    "CopyRule",
    "Language",
    "PersonalSet",
    "PersonalVariant",
    "PreferencePair",
    "Reason",
    "Recipient",
    "Step",
    "Suppression",
    "Tone",
    "Variant",
    "Writer",
    "WriterBudget",
    "WriterCall",
]
