import Columnar
import DetectionRules
import SourceText
import StructuredText

extension AttackStory {
  /// The story as one JSON object with `nodes`, `edges` and `steps`.
  public var json: String {
    object([
      ("incident", quoted(incident.description)), ("name", quoted(name)),
      ("nodes", list(nodes.map(json))), ("edges", list(edges.map(json))),
      ("steps", list(steps.map(json))),
    ])
  }

  private func json(_ node: Node) -> String {
    object([
      ("id", "\(node.number)"), ("kind", quoted(node.kind)), ("label", quoted(node.label)),
      ("verdict", quoted(node.verdict)), ("isImpacted", "\(node.isImpacted)"),
      ("first", quoted(node.first.text)), ("alerts", list(node.alerts.map(quoted))),
    ])
  }

  private func json(_ edge: Edge) -> String {
    object([
      ("from", "\(edge.from)"), ("to", "\(edge.to)"), ("first", quoted(edge.first.text)),
      ("alerts", list(edge.alerts.map(quoted))),
    ])
  }

  private func json(_ step: Step) -> String {
    let links = step.links.map { link in
      object([
        ("reason", quoted(link.reason)), ("shared", quoted(link.sharedText)),
        ("alert", quoted(link.other)),
      ])
    }
    return object([
      ("order", "\(step.order)"), ("time", quoted(step.time.text)), ("alert", quoted(step.alert)),
      ("title", quoted(step.title)), ("severity", quoted(step.severity.rawValue)),
      ("category", quoted(step.category)), ("nodes", list(step.nodes.map { "\($0)" })),
      ("links", list(links)),
    ])
  }

  private func object(_ members: [(String, String)]) -> String {
    "{" + members.map { quoted($0.0) + ":" + $0.1 }.joined(separator: ",") + "}"
  }

  private func list(_ items: [String]) -> String { "[" + items.joined(separator: ",") + "]" }

  private func quoted(_ text: String) -> String { JSONDocumentWriter.quoted(text) }

  /// The story in the language of Graphviz: `dot -Tsvg` draws it.
  public var graphviz: String {
    var lines = ["digraph incident {", "  rankdir=LR;", "  node [shape=box, style=rounded];"]
    lines.append("  label=\(Self.dot("\(incident): \(name)"));")
    for node in nodes {
      let color =
        switch node.verdict {
        case "malicious": "red"
        case "suspicious": "orange"
        default: "black"
        }
      let width = node.isImpacted ? 2 : 1
      let label = Self.dot(node.kind + "\n" + Self.shortened(node.label))
      lines.append("  n\(node.number) [label=\(label), color=\(color), penwidth=\(width)];")
    }
    let orders = Dictionary(steps.map { ($0.alert, $0.order) }) { first, _ in first }
    for edge in edges {
      let label = edge.alerts.compactMap { orders[$0] }.map { "\($0)" }.joined(separator: ", ")
      lines.append("  n\(edge.from) -> n\(edge.to) [label=\(Self.dot(label))];")
    }
    return (lines + ["}"]).joined(separator: "\n") + "\n"
  }

  /// A text of Graphviz: nothing in it ends the text or is a command.
  private static func dot(_ text: String) -> String {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      TerminalText(String(line)).text.replacing("\\", with: "\\\\")
        .replacing("\"", with: "\\\"")
    }
    return "\"" + lines.joined(separator: "\\n") + "\""
  }

  private static func shortened(_ text: String) -> String {
    text.count > 60 ? text.prefix(59) + "…" : text
  }
}
