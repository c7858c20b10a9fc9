"""What a record page shows: `build_record` reads a work and tells the templates everything, with all links made."""

from resources.record.building import build_record

__all__ = ["build_record"]
