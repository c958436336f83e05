"""The frames that a briefing shows: of one meeting, of one donor, of the coalition. All that a page says comes from its view."""

from udcg.views.coalition import CoalitionView
from udcg.views.donor import DonorView
from udcg.views.meeting import MeetingView
from udcg.views.open import OPEN, coalition, donor, meeting

__all__ = ["OPEN", "CoalitionView", "DonorView", "MeetingView", "coalition", "donor", "meeting"]
