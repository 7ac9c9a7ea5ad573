import KQLSyntax
import SourceText

extension LintRule {
  static let booleanLiteral = LintRule(
    "HL014",
    "boolean-literal",
    .hint,
    "a boolean is compared with `true` or `false`",
    explanation: """
      `where IsLocalAdmin == true` is `where IsLocalAdmin`, and `== false` is `not(IsLocalAdmin)`. \
      Only conditions of `where` are looked at, in which null counts as false either way, and only \
      booleans: a dynamic value or a text is not the same as its comparison.
      """,
    example: LintExample(
      bad: "DeviceLogonEvents | where IsLocalAdmin == true",
      good: "DeviceLogonEvents | where IsLocalAdmin"
    )
  ) { context in
    context.nodes(of: .comparison).compactMap { placed in
      let operands = placed.node.children(.operand)
      guard operands.count == 2, placed.isCondition, operands[1].kind == .boolLiteral,
        let isTrue = ["true": true, "false": false][context.text(operands[1]).lowercased()],
        operands[0].isTight, let token = placed.node.token(.operator), token.kind == .equalEqual,
        context.calls.at(token.span).contains(where: \.comparesBooleans)
      else { return nil }
      let operand = context.text(operands[0])
      let replacement = isTrue ? operand : "not(\(operand))"
      return LintMatch(
        "'\(operand)' is true or false already",
        at: placed.node.span,
        fixIt: FixIt(
          "change to '\(replacement)'",
          span: placed.node.span,
          replacement: replacement
        )
      )
    }
  }
}
