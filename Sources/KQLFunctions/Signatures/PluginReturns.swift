import Columnar

/// Tells the columns of plugins; where they depend on data, the table is open.
struct PluginReturns {
  let rules: ReturnRules

  private var arguments: [CallArgument] { rules.arguments }
  private var rows: [CallColumn] { rules.context.rowColumns }

  func result() -> CallResult {
    switch rules.symbol.name {
    case "bag_unpack":
      return .table(rows(without: names(of: "column")), isOpen: true)
    case "pivot": return pivot()
    case "preview": return .table(rows, isOpen: true)
    case "python", "r", "csharp":
      return .table(arguments.first?.columns ?? [], isOpen: arguments.first == nil)
    default: break
    }
    if let columns = timelineColumns() ?? clusterColumns() ?? lookupColumns() ?? rowColumns() {
      return .table(columns, isOpen: false)
    }
    if let columns = Self.fixedColumns[rules.symbol.name] {
      return .table(columns, isOpen: false)
    }
    return .table([], isOpen: true)
  }

  // MARK: Arguments

  private func arguments(of parameter: String) -> [CallArgument] {
    zip(arguments, rules.parameters).filter { $0.1.name == parameter }.map(\.0)
  }

  private func columns(of parameter: String) -> [CallColumn] {
    arguments(of: parameter).map { CallColumn($0.name ?? "", $0.type) }
  }

  private func names(of parameter: String) -> Set<String> {
    Set(columns(of: parameter).map(\.name))
  }

  private func rows(without names: Set<String>) -> [CallColumn] {
    rows.filter { !names.contains($0.name) }
  }

  private static func columns(_ type: ScalarType, _ names: String...) -> [CallColumn] {
    names.map { CallColumn($0, type) }
  }

  // MARK: Groups of plugins

  /// Without columns to group by: those that neither the pivot nor the aggregate uses.
  private func pivot() -> CallResult {
    let keys = columns(of: "columnName")
    if !keys.isEmpty { return .table(keys, isOpen: true) }
    let aggregated = arguments(of: "aggregateFunction").flatMap(\.columns).map(\.name)
    let used = names(of: "pivotColumn").union(aggregated)
    return .table(rows(without: used), isOpen: true)
  }

  /// Plugins that count over time: the time, the dimensions, then the counts.
  private func timelineColumns() -> [CallColumn]? {
    let timeline = columns(of: "TimelineColumn")
    let dimensions = columns(of: "Dimension")
    if let counts = Self.timelineCounts[rules.symbol.name] {
      return timeline + dimensions + counts
    }
    switch rules.symbol.name {
    case "new_activity_metrics":
      let periods = ["from_", "to_"].flatMap { prefix in
        timeline.map { CallColumn(prefix + $0.name, $0.type) }
      }
      return periods + dimensions
        + Self.columns(
          .long,
          "dcount_new_values",
          "dcount_retained_values",
          "dcount_churn_values"
        )
        + Self.columns(.real, "retention_rate", "churn_rate")
    case "funnel_sequence":
      let state = arguments(of: "StateColumn").first?.type
      return timeline + [CallColumn("prev", state), CallColumn("next", state)]
        + [CallColumn("dcount", .long), CallColumn("samples", .dynamic)]
    case "funnel_sequence_completion":
      return timeline + columns(of: "StateColumn").map { CallColumn($0.name, .string) }
        + [CallColumn("Period", .timespan), CallColumn("dcount", .long)]
    case "sequence_detect":
      let suffix = "_" + (timeline.first?.name ?? "")
      let steps = columns(of: "Expr").map {
        CallColumn($0.name + suffix, timeline.first?.type)
      }
      return dimensions + steps + [CallColumn("Duration", .timespan)]
    case "rolling_percentile": return rollingPercentile(dimensions)
    default: return nil
    }
  }

  private func rollingPercentile(_ dimensions: [CallColumn]) -> [CallColumn] {
    let text = { (parameter: String) in arguments(of: parameter).first?.text ?? "" }
    let value = columns(of: "ValueColumn").first
    let name =
      "rolling_\(text("BinsPerWindow"))_percentile_\(value?.name ?? "")_\(text("Percentile"))"
    return columns(of: "IndexColumn") + dimensions + [CallColumn(name, value?.type)]
  }

  /// Plugins that find patterns: what they count, then the rows' columns.
  private func clusterColumns() -> [CallColumn]? {
    switch rules.symbol.name {
    case "autocluster", "basket":
      return Self.columns(.long, "SegmentId", "Count") + Self.columns(.real, "Percent") + rows
    case "diffpatterns":
      return Self.columns(.long, "SegmentId", "CountA", "CountB")
        + Self.columns(.real, "PercentA", "PercentB", "PercentDiffAB") + rows
    default: return nil
    }
  }

  /// Plugins that join a table: the rows' columns, then those of the table, with numbers where
  /// names clash. The engine was seen to put the table first for `ipv6_lookup`.
  private func lookupColumns() -> [CallColumn]? {
    let table = arguments(of: "LookupTable").first?.columns ?? []
    switch rules.symbol.name {
    case "ipv4_lookup":
      let keys = names(of: "ExtraKey")
      return Self.unique(rows + table.filter { !keys.contains($0.name) })
    case "ipv6_lookup":
      return Self.unique(table + rows)
    case "geo_polygon_lookup", "geo_line_lookup":
      let keepsKey = arguments(of: "return_lookup_key").first?.text == "true"
      let keys = names(of: "LookupPolygonKey").union(names(of: "LookupLineKey"))
      return Self.unique(rows + table.filter { keepsKey || !keys.contains($0.name) })
    default: return nil
    }
  }

  /// Plugins that pass the rows on, some with columns of their own.
  private func rowColumns() -> [CallColumn]? {
    let text = arguments.first?.name ?? ""
    let showsErrors = arguments(of: "IncludeErrorMessages").first?.text == "true"
    let added: [CallColumn]
    switch rules.symbol.name {
    case "identity", "identity_v3", "rows_near": return rows
    case "dcount_intersect":
      return rows + arguments.indices.map { CallColumn("s\($0)", .long) }
    case "ai_embed_text": added = [CallColumn(text + "_embedding", .dynamic)]
    case "ai_embeddings": added = [CallColumn(text + "_embeddings", .dynamic)]
    case "ai_chat_completion", "ai_chat_completion_prompt":
      added = [CallColumn(text + "_completion", .string)]
    default: return nil
    }
    let errors = added.map { CallColumn($0.name + "_error", .string) }
    return rows + added + (showsErrors ? errors : [])
  }

  /// Numbers names that occur again: `s`, `s1`, `s2`.
  private static func unique(_ columns: [CallColumn]) -> [CallColumn] {
    var used: Set<String> = []
    return columns.map { column in
      var name = column.name
      var number = 0
      while !used.insert(name).inserted {
        number += 1
        name = column.name + String(number)
      }
      return CallColumn(name, column.type)
    }
  }

  // MARK: Fixed columns

  private static let timelineCounts: [String: [CallColumn]] = [
    "active_users_count": columns(.long, "dcount"),
    "activity_counts_metrics": columns(
      .long,
      "count",
      "dcount",
      "new_dcount",
      "aggregated_dcount"
    ),
    "activity_engagement": columns(.long, "dcount_activities_inner", "dcount_activities_outer")
      + columns(.real, "activity_ratio"),
    "activity_metrics": columns(.long, "dcount_values", "dcount_newvalues")
      + columns(.real, "retention_rate", "churn_rate"),
    "session_count": columns(.long, "count_sessions"),
    "sliding_window_counts": columns(.long, "Count", "Dcount"),
  ]

  private static let fixedColumns: [String: [CallColumn]] = [
    "estimate_rows_count": columns(.long, "EstimatedRowsCount"),
    "narrow": [CallColumn("Row", .long)] + columns(.string, "Column", "Value"),
    "http_request": columns(.dynamic, "ResponseHeaders", "ResponseBody"),
    "http_request_post": columns(.dynamic, "ResponseHeaders", "ResponseBody"),
    "infer_storage_schema": columns(.string, "CslSchema"),
    "infer_storage_schema_with_suggestions": columns(.string, "SuggestedTableSchema"),
  ]
}
