"""Events in, series out: temperature, volume, gaps, counters."""
