import ArgumentParser

/// `harrier rules`: detection rules of Sentinel and Defender.
struct RulesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rules",
    abstract: "Check and test detection rules, put them to work in tenants, and see what they do.",
    discussion: """
      Takes analytics rules of Microsoft Sentinel (YAML of the public repositories, JSON as ARM \
      exports it) and custom detections of Microsoft Defender in the shape of Graph's \
      detectionRule (JSON or YAML).

        harrier rules check rules
        harrier rules add --store logs --tenant contoso rules
        harrier rules list --store logs
      """,
    subcommands: [
      RulesCheckCommand.self, RulesFormatCommand.self, RulesConvertCommand.self,
      RulesAddCommand.self, RulesListCommand.self, RulesEnableCommand.self,
      RulesDisableCommand.self, RulesRemoveCommand.self, RulesRunCommand.self,
      RulesShowCommand.self,
      RulesTestCommand.self, RulesSimulateCommand.self, RulesBacktestCommand.self,
    ]
  )
}
