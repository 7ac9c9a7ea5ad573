import ArgumentParser
import DetectionRules
import Detections
import RuleChecking
import SourceText
import StructuredText
import Tenancy

/// `harrier rules add`.
struct RulesAddCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "add",
    abstract: "Put rules to work in tenants of a store, or bring those that are there up to date.",
    discussion: """
      A rule keeps its file as it is. It runs in each tenant of --tenant, at once and then on its \
      schedule, while 'harrier schedule' runs; one that is there already takes the new text from \
      its next run on. 'harrier rules check' says what is wrong with a rule.

        harrier rules add --store logs --tenant contoso rules/*.yaml
        harrier rules add --store logs --tenant group:europe rules/psexec.yaml --disabled
      """
  )

  @OptionGroup var place: TenantPlace

  @Argument(help: ArgumentHelp("Rule files (.yaml, .yml, .json) and folders.", valueName: "paths"))
  var paths: [String]

  @Flag(help: "Leave the rules off; 'harrier rules enable' turns them on.")
  var disabled = false

  func run(_ console: Console) throws -> Int32 {
    let opened = try place.openRules()
    var outcomes: [(tenant: String, rule: String, outcome: String)] = []
    let files = RuleFiles(console)
    var hasUnusable = false
    for found in files.read(paths) {
      let file = found.file
      for problem in file.problems {
        let place = "\(found.path):\(problem.place.line):\(problem.place.column)"
        let kind = problem.isError ? "error" : "warning"
        console.note(TerminalText("\(place): \(kind) \(problem.code): \(problem.message)").text)
      }
      guard file.isUsable, let document = file.document else {
        hasUnusable = true
        continue
      }
      for rule in file.rules { try add(rule, document, opened, &outcomes) }
    }
    try console.write(RuleListing.outcomes(outcomes), as: nil)
    return hasUnusable || files.hasFailed ? ExitCodes.queryError : 0
  }

  private func add(
    _ rule: DetectionRule,
    _ document: TextDocument,
    _ opened: OpenedRules,
    _ outcomes: inout [(tenant: String, rule: String, outcome: String)]
  ) throws {
    let changed = try opened.detections.add(
      rule,
      document: document.text,
      format: document.format,
      by: opened.access.principal.name
    )
    for tenant in opened.tenants {
      let state: RuleState = disabled || !rule.isEnabled ? .disabled : .enabled
      let isNew = try opened.detections.assign(rule.id, to: tenant, state: state)
      let outcome = isNew ? "added" : changed ? "changed" : "unchanged"
      outcomes.append((tenant, rule.name, outcome))
      if isNew || changed { try opened.note("rule \(outcome)", tenant, detail: rule.name) }
    }
  }
}
