import DetectionRules
import SourceText
import StructuredText

/// Says of columns that a rule names that the result has none of that name.
enum ResultColumns {
  /// - Parameters:
  ///   - what: what names the column, such as "the entity mapping".
  ///   - canRename: whether the document has the column's name, so that it can be changed there.
  static func missing(
    _ column: ColumnReference,
    _ what: String,
    _ context: RuleContext,
    canRename: Bool = true
  ) -> RuleMatch? {
    guard context.query.lacks(column.name) else { return nil }
    let near = nearest(column.name, context)
    let loss = LossSearch(context.query, losing: column.name).find()
    let message = "the result has no column '\(column.name)', which \(what) names"
    let lost = loss.map { ": '\($0.name)' drops it" } ?? ""
    let fix = near.flatMap { name in
      canRename
        ? RuleFix("change to '\(name)'", .scalar(column.place, name)) : nil
    }
    let advice = near.map { "did you mean '\($0)'" } ?? "keep it, or name another column"
    return RuleMatch(message + lost, at: column.place, help: advice, fix: fix)
  }

  /// The column of the result that looks most like a name.
  static func nearest(_ name: String, _ context: RuleContext) -> String? {
    let names = context.query.columnNames
    if let same = names.first(where: { $0.lowercased() == name.lowercased() }) { return same }
    return NearMiss.nearest(to: name, among: names, limit: 1).first
  }
}
