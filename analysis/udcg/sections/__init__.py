"""The sections of a briefing: a view goes in, a block comes out. A section without evidence says so in one sentence."""
