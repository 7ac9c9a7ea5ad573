import Columnar

/// Tells what calls yield whose symbols have a rule of their own.
struct CustomReturns {
  let rules: ReturnRules

  func result() -> CallResult {
    switch rules.symbol.category {
    case .function: functionResult()
    case .aggregate: AggregateReturns(rules: rules).result()
    case .plugin: PluginReturns(rules: rules).result()
    case .operator: .scalar(TypeRules.promotedToLong(rules.argument(0)?.type))
    }
  }

  private func functionResult() -> CallResult {
    let name = rules.symbol.name
    if name == "bin_auto" {
      return .scalar(TypeRules.promotedToLong(rules.argument(0)?.type))
    }
    if name == "array_sort_asc" || name == "array_sort_desc" { return .columns(sortedArrays()) }
    if let columns = Self.seriesColumns[name] {
      let prefix = name + "_" + (rules.arguments.first?.name ?? "") + "_"
      return .columns(columns.map { CallColumn(prefix + $0.name, $0.type) })
    }
    return .scalar(.dynamic)
  }

  /// One sorted array for each array argument; the last argument may say where nulls go.
  private func sortedArrays() -> [CallColumn] {
    var columns: [CallColumn] = []
    for (index, argument) in rules.arguments.enumerated() {
      guard argument.type == .dynamic || argument.isUnknown else { continue }
      let name = argument.name ?? "array\(index)"
      columns.append(CallColumn(name + "_sorted", .dynamic))
    }
    return columns
  }

  private static func columns(_ type: ScalarType, _ names: String...) -> [CallColumn] {
    names.map { CallColumn($0, type) }
  }

  private static let statistics = [
    CallColumn("min", .real), CallColumn("min_idx", .long), CallColumn("max", .real),
    CallColumn("max_idx", .long), CallColumn("avg", .real), CallColumn("stdev", .real),
    CallColumn("variance", .real),
  ]

  private static let line =
    columns(.real, "rsquare", "slope", "variance", "rvariance", "interception")
    + columns(.dynamic, "line_fit")

  private static let twoLines =
    columns(.real, "rsquare") + columns(.long, "split_idx")
    + columns(.real, "variance", "rvariance") + columns(.dynamic, "line_fit")
    + columns(
      .real,
      "right_rsquare",
      "right_slope",
      "right_interception",
      "right_variance",
      "right_rvariance",
      "left_rsquare",
      "left_slope",
      "left_interception",
      "left_variance",
      "left_rvariance"
    )

  private static let polynomial =
    columns(.real, "rsquare") + columns(.dynamic, "coefficients")
    + columns(.real, "variance", "rvariance") + columns(.dynamic, "poly_fit")

  private static let seriesColumns: [String: [CallColumn]] = [
    "series_stats": statistics,
    "series_fft": columns(.dynamic, "real", "imag"),
    "series_ifft": columns(.dynamic, "real", "imag"),
    "series_fit_line": line,
    "series_fit_2lines": twoLines,
    "series_fit_poly": polynomial,
    "series_periods_detect": columns(.dynamic, "periods", "scores"),
    "series_periods_validate": columns(.dynamic, "periods", "scores"),
    "series_decompose": columns(.dynamic, "baseline", "seasonal", "trend", "residual"),
    "series_decompose_forecast": columns(.dynamic, "baseline", "seasonal", "trend", "residual"),
    "series_decompose_anomalies": columns(.dynamic, "ad_flag", "ad_score", "baseline"),
  ]
}
