public import ArgumentParser
import DetectionRules
import FileAccess
import RuleChecking
import SourceText
public import StructuredText

/// `harrier rules convert`: writes a rule file as YAML or JSON.
struct RulesConvertCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "convert",
    abstract: "Write a rule file as YAML or JSON, with all its keys in their order.",
    discussion: """
      The rule stays one of its product and family; only the notation changes. \
      Comments of YAML are lost, of which a note tells.

        harrier rules convert beaconing.yaml --to json > beaconing.json
      """
  )

  @Argument(help: ArgumentHelp("The file.", valueName: "file"))
  var path: String

  @Option(help: "What to write: yaml or json.")
  var to: TextDocument.Format

  func run(_ console: Console) throws -> Int32 {
    let files = RuleFiles(console)
    let document = try files.document(path)
    guard let read = document.file.document else {
      files.fail(path, document.file.problems.first?.message ?? "it could not be read")
      return ExitCodes.queryError
    }
    if let line = CommentSearch.firstComment(of: read) {
      console.note("note: \(TerminalText(path).text):\(line): comments are left out")
    }
    let text = text(of: read)
    let isTerminal = Terminal.isTerminal(.output)
    try console.write(Array((isTerminal ? TerminalLines.safe(text) : text).utf8))
    return 0
  }

  private func text(of document: TextDocument) -> String {
    switch to {
    case .json: JSONDocumentWriter.text(document.root)
    case .yaml:
      YAMLWriter.text(document.format == .json ? document.root.withFreeStyle : document.root)
    }
  }
}

extension DocumentNode {
  /// The document with its texts in whatever style of YAML suits each, as those of JSON all are
  /// in quotes.
  fileprivate var withFreeStyle: DocumentNode {
    switch content {
    case .scalar(let scalar): scalar.style == .doubleQuoted ? .text(scalar.text) : self
    case .sequence(let items): DocumentNode(.sequence(items.map(\.withFreeStyle)), at: place)
    case .mapping(let members):
      DocumentNode(
        .mapping(
          members.map { member in
            DocumentMember(key: member.key, at: member.keyPlace, value: member.value.withFreeStyle)
          }
        ),
        at: place
      )
    }
  }
}

extension TextDocument.Format: ExpressibleByArgument {}
