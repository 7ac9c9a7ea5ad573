/// The format of rule tests, as `harrier rules test --help` tells it.
enum RulesTestHelp {
  static let text = """
      harrier rules test Samples/rules --coverage

    The tests of NAME.yaml (or .yml, .json) lie beside it in NAME.tests.yaml (or .yml, .json):

      rule: ./NAME.yaml             # left out: the one beside
      name: NAME                    # which one, where the file holds several
      now: 2026-01-31T12:00:00Z     # of cases that state none
      cases:
        - name: encoded PowerShell is found
          window: 4h                # left out: the lookback of the rule
          runs: 2                   # or times: [now, now+1h]; left out: one
          events:
            DeviceProcessEvents:
              - {Timestamp: now-5m, DeviceId: d1, FileName: powershell.exe}
            DeviceInfo: {file: fixtures/devices.ndjson}
            Custom_CL:
              columns: {TimeGenerated: datetime, User: string}
              rows: [{TimeGenerated: now-1h, User: ana}]
          watchlists:
            admins: [{SearchKey: ana@contoso.com}]
          expect:
            - title: Encoded PowerShell on d1
              severity: high
              entities: [{kind: Host, DeviceId: d1}]
              details: {User: ana@contoso.com}
              events: 1

    'now' is the end of the window of the first run, outside of it. Rows name columns as the \
    tables do and state a time; 'now-5m' stands for a time wherever the column is one. Tables \
    that are not named are empty.

    'expect' is none, a number of alerts, the list of all alerts in any order, or \
    {failure: CODE} for a run that fails. Of an alert only what is stated counts: run, title, \
    description, severity, tactics, entities, details, events. Runs share what they alerted: an \
    event alerts once, and further events of the same entities and details that lie within a \
    lookback of it count as events of the alert that is there.

    Exit codes: 0 all cases pass, 1 some fail (or rules lack tests, with --require-tests), \
    2 nothing to run, 3 cases failed at limits only.
    """
}
