"""The pages: GOV.UK-style HTML over the same ports and rules as the JSON API (docs/pages.md)."""
