import ArgumentParser
import Columnar
import Tenancy

/// Whose rows a query reads, and how far back.
struct TenantOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The tenants whose tables are read: names with commas between, group:NAME, or all.",
      valueName: "tenants"
    )
  )
  var tenant = "all"

  @Option(
    help: ArgumentHelp(
      "Run over the rows of all tenants together (global), or in each by itself (per-tenant).",
      discussion: """
        per-tenant puts the answers one behind the other, at most 50000 rows in all. A tenant that \
        has none, since the query fails there, names a table that it lacks (unless \
        --allow-missing-tables) or needs more than its part of --memory and --timeout, is named \
        beside the rows of the others.
        """,
      valueName: "mode"
    )
  )
  var tenantMode = TenantMode.global

  @Option(
    help: ArgumentHelp(
      "How far back a query reads a store that filters by no time itself: 30d, PT12H, all.",
      valueName: "time"
    )
  )
  var timespan = "30d"

  @OptionGroup var identity: IdentityOptions

  func validate() throws {
    if TenantSelection(tenant) == nil {
      throw ValidationError("--tenant holds an empty name; write --tenant a,b.")
    }
    if timespan != "all", Self.span(timespan) == nil {
      throw ValidationError("--timespan is a time such as 30d, 12h or P14D, or all.")
    }
  }

  var selection: TenantSelection { TenantSelection(tenant) ?? .all }

  /// nil where all rows are read.
  var window: TimeSpan? { timespan == "all" ? nil : Self.span(timespan) }

  /// Reads a time such as `30d` or `P14D`; nil where it is none or not ahead.
  static func span(_ text: String) -> TimeSpan? {
    let bytes = Array(text.utf8)
    guard let span = TimeSpan(duration: bytes) ?? TimeSpan(parsingLiteral: bytes), span.ticks > 0
    else { return nil }
    return span
  }
}

/// How a query reads several tenants.
enum TenantMode: String, ExpressibleByArgument, CaseIterable {
  case global
  case perTenant = "per-tenant"
}

/// Who works with a store.
struct IdentityOptions: ParsableArguments {
  @Option(
    name: .customLong("as"),
    help: ArgumentHelp(
      "The principal to work as; its grants say which tenants it reaches.",
      valueName: "name"
    )
  )
  var principal = "owner"
}
