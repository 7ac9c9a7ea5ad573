import Configuration
import Hunting

/// The keys of configuration: defaults of options, named like them.
///
/// A test holds them against the options that the commands have. Options that say what a call is to
/// do (texts, files to write, fixes) are no keys, nor is what belongs to one batch.
enum ConfigurationKeys {
  static let schema = ConfigurationSchema(
    data + tenants + limits + output + lint + runs + schedule + ingestion + terminal
  )

  /// Commands that bind or run query texts.
  static let hunting = [
    "query", "repl", "check", "explain", "lint", "batch", "run", "saved-run",
    "rules-simulate", "rules-backtest", "rules-check",
  ]
  /// Commands that run them.
  static let running =
    [
      "query", "repl", "explain", "batch", "run", "saved-run", "rules-run", "schedule",
      "rules-simulate", "rules-backtest", "alerts-add", "incidents-correlate", "incidents-show",
      "incidents-report",
    ] + investigating
  /// Commands that print rows.
  static let listing =
    [
      "query", "repl", "config", "store-info", "dead-letters-list", "dead-letters-show",
      "tenants-list", "tenants-groups", "access-list", "audit-list", "saved-run", "saved-list",
      "rules-list", "rules-run", "rules-enable", "rules-disable", "rules-remove", "rules-simulate",
      "rules-backtest", "rules-show", "tuning-list", "tuning-test", "incidents-list",
      "incidents-show", "incidents-update", "incidents-undo-move", "incidents-tags", "alerts-list",
      "alerts-show", "alerts-update", "incidents-similar", "incidents-filters",
    ] + investigationRows
  /// Commands that work with a store as a principal.
  static let identified = [
    "tenants-list", "tenants-add", "tenants-set", "tenants-suspend", "tenants-resume",
    "tenants-groups", "tenants-group", "access-list", "access-add", "access-remove",
    "access-grant", "access-revoke", "audit-list", "audit-verify",
  ]
  /// Commands for which a principal is one of a store that they may do without.
  static let saving = ["saved-list", "saved-show", "saved-save", "saved-remove"]
  /// Commands about detection rules.
  static let detecting = [
    "rules-add", "rules-list", "rules-enable", "rules-disable", "rules-remove", "rules-run",
    "rules-show", "schedule", "tuning-add", "tuning-list", "tuning-test", "tuning-switch",
    "tuning-remove",
  ]
  /// Commands about incidents and alerts.
  static let working = [
    "incidents-list", "incidents-show", "incidents-update", "incidents-merge", "incidents-move",
    "incidents-undo-move", "incidents-tags", "incidents-correlate", "alerts-list", "alerts-show",
    "alerts-update", "incidents-graph", "incidents-similar", "incidents-hunt", "incidents-report",
    "incidents-filters",
  ]
  /// Views of a fleet.
  static let fleet = [
    "devices-summary", "devices-list", "devices-show", "users-show", "mailboxes-show",
    "vulnerabilities-dashboard", "vulnerabilities-tenants",
    "vulnerabilities-weaknesses", "vulnerabilities-recommendations",
  ]
  static let formats = ResultFormat.allCases.map(\.rawValue)

  private static let data = [
    ConfigurationKey(
      "store",
      .folder,
      for: hunting + saving + detecting + working + investigations + responding + fleet
        + ["ingest", "store-export", "alerts-add"],
      "the store whose tables are queried, or that takes rows"
    ),
    ConfigurationKey("load", .files, for: hunting, "files that are tables"),
    ConfigurationKey("param", .pairs, for: hunting, "values of query parameters"),
    ConfigurationKey("external", .files, for: hunting, "files for externaldata locations"),
    ConfigurationKey("watchlist", .files, for: hunting, "files for _GetWatchlist"),
    ConfigurationKey(
      "allow-missing-tables",
      .flag,
      for: hunting,
      standard: "false",
      "whether known tables without data are empty"
    ),
  ]

  private static let tenants = [
    ConfigurationKey(
      "tenant",
      .text,
      for: hunting + detecting + working + investigations + responding + fleet,
      standard: "all",
      "the tenants whose tables are read"
    ),
    ConfigurationKey(
      "tenant",
      .text,
      sections: ["ingest", "store-export", "store-retention", "alerts-add"],
      standard: "default",
      "the tenant whose table it is"
    ),
    ConfigurationKey(
      "tenant-mode",
      .choice(TenantMode.allCases.map(\.rawValue)),
      for: hunting,
      standard: "global",
      "whether tenants are read together or one by one"
    ),
    ConfigurationKey(
      "timespan",
      .text,
      for: hunting + fleet,
      standard: "30d",
      "how far back a query without a time filter reads"
    ),
    ConfigurationKey(
      "as",
      .text,
      for: hunting + identified + saving + detecting + working + investigations + responding
        + fleet,
      standard: "owner",
      "the principal to work as"
    ),
  ]

  private static let limits = [
    ConfigurationKey(
      "timeout",
      .decimal,
      for: running + fleet,
      standard: "600",
      "seconds after which a query is ended"
    ),
    ConfigurationKey(
      "memory",
      .integer,
      for: running + fleet,
      standard: "4096",
      "MiB that tables and query may hold together"
    ),
    ConfigurationKey(
      "threads",
      .integer,
      for: running + fleet + ["ingest"],
      standard: "2",
      "worker threads"
    ),
    ConfigurationKey("spill", .folder, for: running + fleet, "where rows are put aside"),
  ]

  private static let output = [
    ConfigurationKey(
      "format",
      .choice(formats),
      for: listing + respondingListing + fleet
        + ["devices-queries", "users-queries", "mailboxes-queries", "vulnerabilities-queries"],
      "how rows are written"
    ),
    ConfigurationKey(
      "format",
      .choice(LintCommand.Format.allCases.map(\.rawValue)),
      sections: ["lint", "rules-check"],
      standard: "text",
      "how findings are written"
    ),
    ConfigurationKey(
      "format",
      .choice(formats),
      sections: ["actions-export"],
      standard: "csv",
      "how rows are written"
    ),
    ConfigurationKey(
      "format",
      .choice(["ndjson", "csv"]),
      sections: ["store-export"],
      standard: "ndjson",
      "how rows are written"
    ),
    ConfigurationKey(
      "max-rows",
      .integer,
      for: ["query", "saved-run"] + fleet,
      "the most rows that are written"
    ),
    ConfigurationKey(
      "last",
      .integer,
      sections: ["audit-list"],
      standard: "100",
      "how many entries are listed"
    ),
  ]

  private static let lint = [
    ConfigurationKey("rule", .texts, for: ["lint"], "the only rules that are applied"),
    ConfigurationKey("disable", .texts, for: ["lint"], "rules that are left out"),
    ConfigurationKey("rule", .texts, sections: ["rules-check"], "the only checks that are made"),
    ConfigurationKey("disable", .texts, sections: ["rules-check"], "checks that are left out"),
    ConfigurationKey(
      "severity",
      .choice(["hint", "warning", "error"]),
      for: ["lint", "rules-check"],
      standard: "warning",
      "the least severity that is shown"
    ),
    ConfigurationKey(
      "environment",
      .choice(SchemaEnvironment.allCases.map(\.rawValue)),
      for: ["lint", "rules-check"],
      standard: "hunting",
      "the tables that queries are written against"
    ),
  ]

  private static let runs = [
    ConfigurationKey("jobs", .integer, for: ["run", "rules-test"], "what runs at a time"),
    ConfigurationKey("github", .flag, for: ["run"], "whether findings are GitHub annotations"),
    ConfigurationKey(
      "quiet",
      .flag,
      for: ["run", "rules-test", "schedule"],
      standard: "false",
      "whether only what needs a look is told of"
    ),
  ]

  private static let schedule = [
    ConfigurationKey(
      "keep-runs",
      .integer,
      for: ["schedule"],
      standard: "90",
      "days for which runs of rules are kept"
    )
  ]

  private static let ingestion = [
    ConfigurationKey(
      "tenant-column",
      .text,
      for: ["ingest"],
      "the column that names the tenant of a row"
    ),
    ConfigurationKey(
      "merge",
      .flag,
      for: ["ingest"],
      standard: "true",
      "whether small segments are merged after a batch"
    ),
  ]

  private static let terminal = [
    ConfigurationKey(
      "no-history",
      .flag,
      for: ["repl"],
      standard: "false",
      "whether the shell keeps no history"
    ),
    ConfigurationKey(
      "color",
      .choice(["auto", "never"]),
      for: ["repl", "run"],
      standard: "auto",
      "whether terminals get colours; never is NO_COLOR"
    ),
    ConfigurationKey(
      "pager",
      .text,
      for: ["repl"],
      isPersonal: true,
      "the program that shows long results"
    ),
  ]
}
