"""Measure what the extractor finds against gold."""
