import ArgumentParser
import DetectionRules
import Detections
import FileAccess
import SourceText
import StructuredText

/// Reads the rule of a file for a command.
enum RuleSource {
  /// Says why a file gives no rule.
  struct Refusal: Error { let message: String }

  /// The rule of a name; without one the file must hold one rule only.
  static func rule(_ path: String, named name: String?) throws -> DetectionRule {
    let bytes = try LocalFileSystem().readAll(path, limitBytes: TextDocument.sizeLimit)
    let file = RuleFile(bytes, format: RuleTestFile.format(of: path))
    if let problem = file.problems.first(where: \.isError) {
      let help = problem.help.map { "; " + $0 } ?? ""
      throw Refusal(message: "\(path):\(problem.place.line): \(problem.message)\(help)")
    }
    if let name {
      if let rule = file.rules.first(where: { $0.name == name }) { return rule }
      throw Refusal(message: "\(path) holds no rule named '\(name)'")
    }
    if file.rules.count == 1, let rule = file.rules.first { return rule }
    throw Refusal(message: "\(path) holds \(file.rules.count) rules; choose one with --name NAME")
  }
}
