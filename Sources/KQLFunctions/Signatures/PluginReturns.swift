import Columnar

/// Tells the columns of plugins; where they depend on data, the table is open.
struct PluginReturns {
  let rules: ReturnRules

  func result() -> CallResult {
    .table(rules.context.rowColumns, isOpen: true)
  }
}
