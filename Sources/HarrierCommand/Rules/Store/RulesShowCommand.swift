import ArgumentParser
import DetectionRules
import Detections
import Execution
import Hunting

/// `harrier rules show`.
struct RulesShowCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Show what a rule did: runs, alerts, gaps, actions, what people made of its alerts.",
    discussion: """
        harrier rules show --store logs 'Odd sign-in'
        harrier rules show --store logs 'Odd sign-in' --part alerts --format json
        harrier rules show --store logs 'Odd sign-in' --part feedback
        harrier rules show --store logs 'Odd sign-in' --part document > rule.yaml
      """
  )

  @OptionGroup var place: TenantPlace

  @Argument(help: ArgumentHelp("The name or id of a rule.", valueName: "rule"))
  var name: String

  @Option(help: "What to show: runs, alerts, gaps, actions, feedback or document.")
  var part = Part.runs

  @Option(help: ArgumentHelp("At most this many of a tenant, the newest.", valueName: "count"))
  var last = 20

  @Option(help: "How to write it: table, json, ndjson, csv, tsv or markdown.")
  var format: ResultFormat?

  enum Part: String, ExpressibleByArgument, CaseIterable {
    case runs, alerts, gaps, actions, feedback, document
  }

  func validate() throws {
    if last < 1 { throw ValidationError("--last must be 1 or more.") }
  }

  func run(_ console: Console) throws -> Int32 {
    let opened = try place.openRules()
    guard let rule = try opened.rules([name]).first else { return ExitCodes.queryError }
    if part == .document {
      try console.write(Array(rule.document.utf8))
      return 0
    }
    try console.write(try rows(rule, opened), as: format)
    return 0
  }

  private func rows(_ stored: StoredRule, _ opened: OpenedRules) throws -> QueryResult {
    let store = opened.detections
    let rule = stored.id
    let tenants = opened.tenants
    switch part {
    case .alerts:
      return RuleListing.alerts(
        try tenants.flatMap { try store.alerts(of: $0, rule: rule).suffix(last) }
      )
    case .gaps:
      return RuleListing.gaps(
        try tenants.flatMap { tenant in
          try store.gaps(tenant, rule).suffix(last).map { (tenant, $0) }
        }
      )
    case .actions:
      return RuleListing.actions(
        try tenants.flatMap { try store.requestedActions($0, rule).suffix(last) }
      )
    case .feedback:
      return RuleListing.feedback(try tenants.map { try store.feedback($0, rule) })
    case .runs, .document:
      return RuleListing.runs(
        try tenants.flatMap { try store.runs(of: rule, in: $0, last: last) },
        names: [rule: stored.name]
      )
    }
  }
}
