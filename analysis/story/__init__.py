"""What a report tells, event by event and source by source; notebooks and pages call the same functions."""

from analysis.story import article, dictionary, event, feed, finding, front, listing, source
from analysis.story.told import Told, headline, reading

__all__ = ["Told", "article", "dictionary", "event", "feed", "finding", "front", "headline", "listing", "reading", "source"]
