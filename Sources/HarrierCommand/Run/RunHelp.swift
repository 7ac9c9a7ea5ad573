/// The format of query files, as `harrier run --help` tells it.
enum RunHelp {
  static let text = """
    The queries of a folder, in CI:

      harrier run queries
      harrier run queries --store logs --jobs 4 --junit junit.xml --sarif harrier.sarif

    A file holds one text; it passes when it runs without error and is as expected. What belongs \
    to it stands in comment lines before its first token, or without '// harrier:' in FILE.expect:

      // harrier: load DeviceEvents from fixtures/events.ndjson
      // harrier: load T(a:long, b:string) from data.csv
      // harrier: watchlist admins from admins.csv
      // harrier: param name=value
      // harrier: expect rows == 0           (of the last; also != < <= > >=)
      // harrier: expect result 2 rows > 3
      // harrier: expect snapshot            (FILE.snapshot, which --update writes)
      // harrier: expect error KS204 at 3:9
      // harrier: expect diagnostic HR012
      // harrier: unordered                  (rows of a snapshot in any order)
      // harrier: skip REASON
      // harrier: timeout 5s
      // harrier: now 2026-01-31T12:00:00Z
      // harrier: timespan 30d               (or all)
      // harrier: tenant a,b
      // harrier: allow-missing-tables

    Paths are relative to the file. All but 'expect' may stand in a file fixtures.harrier too: \
    they hold for its folder and all below; what is nearer to the query wins, --param wins over \
    all. A snapshot beside a file is held against even where nothing says so.

    Exit codes: 0 all passed, 1 a file failed, 2 wrong usage, 3 all that failed hit a limit.
    """
}
