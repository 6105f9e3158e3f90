"""The parts of the proof for curved shapes; `regions.check.curved` puts them together."""
