"""The frames that a briefing shows: of one meeting, of one donor. All that a page says comes from its view."""

from udcg.views.donor import DonorView
from udcg.views.meeting import MeetingView
from udcg.views.open import OPEN, donor, meeting

__all__ = ["OPEN", "DonorView", "MeetingView", "donor", "meeting"]
