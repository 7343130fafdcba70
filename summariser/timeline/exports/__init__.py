"""The ledger in the forms of other worlds: spreadsheets, calendars, trackers. Each takes a `View` and returns text."""
