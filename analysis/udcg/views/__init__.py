"""The frames that a briefing shows: of one meeting, the coming one, one donor, the coalition. All that a page says comes from its view."""

from udcg.views.coalition import CoalitionView
from udcg.views.donor import DonorView
from udcg.views.eve import EveView
from udcg.views.meeting import MeetingView
from udcg.views.open import OPEN, coalition, donor, eve, meeting

__all__ = ["OPEN", "CoalitionView", "DonorView", "EveView", "MeetingView", "coalition", "donor", "eve", "meeting"]
