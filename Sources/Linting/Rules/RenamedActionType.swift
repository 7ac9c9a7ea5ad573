import KQLSyntax
import QueryPlan
import SourceText

extension LintRule {
  /// The values of `ActionType` in DeviceEvents that Defender renamed.
  private static let actionTypes = [
    "UsbDriveMount": "UsbDriveMounted", "UsbDriveUnmount": "UsbDriveUnmounted",
    "WriteProcessMemoryApiCall": "WriteToLsassProcessMemory",
  ]

  static let renamedActionType = LintRule(
    "HL012",
    "renamed-action-type",
    .warning,
    "a value of `ActionType` that events no longer have",
    explanation: """
      Defender renamed some values of `ActionType` in `DeviceEvents`: `UsbDriveMount` is \
      `UsbDriveMounted` now. A query for the old value finds nothing and says nothing. Ask for \
      both where old events matter. There is no fix-it, since it would change the result.
      """,
    example: LintExample(
      bad: #"DeviceEvents | where Timestamp > ago(1d) and ActionType == "UsbDriveMount""#,
      good: #"DeviceEvents | where Timestamp > ago(1d) and ActionType == "UsbDriveMounted""#
    )
  ) { context in
    guard context.calls.scans.contains(where: { $0.table == "DeviceEvents" }) else { return [] }
    let literals = context.nodes(of: .stringLiteral)
    let present = Set(literals.compactMap { context.literal($0.node) })
    return literals.compactMap { placed in
      guard let value = context.literal(placed.node), let successor = actionTypes[value],
        !present.contains(successor), let operand = placed.parent?.child(.operand),
        context.text(operand) == "ActionType"
      else { return nil }
      return LintMatch(
        "events have '\(successor)' instead of '\(value)' now",
        at: placed.node.span,
        help: "look for '\(successor)', or for both"
      )
    }
  }
}
