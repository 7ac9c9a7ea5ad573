import SourceText

/// A report as headings, texts and tables, to be written as Markdown or HTML.
///
/// All texts come from alerts and people; nothing in them is markup.
public struct ReportDocument: Sendable {
  enum Part: Sendable {
    case heading(String)
    case text(String)
    case table(columns: [String], rows: [[String]])
  }

  let title: String
  private(set) var parts: [Part] = []

  init(title: String) { self.title = title }

  mutating func add(_ part: Part) { parts.append(part) }

  /// Adds a heading and a table, or that there is nothing.
  mutating func add(_ heading: String, columns: [String], rows: [[String]]) {
    add(.heading(heading))
    add(rows.isEmpty ? .text("None.") : .table(columns: columns, rows: rows))
  }

  public var markdown: String {
    var lines = ["# " + Self.escaped(title), ""]
    for part in parts {
      switch part {
      case .heading(let text): lines += ["## " + Self.escaped(text), ""]
      case .text(let text): lines += [Self.escaped(text), ""]
      case .table(let columns, let rows):
        lines.append("| " + columns.joined(separator: " | ") + " |")
        lines.append("|" + columns.map { _ in " --- |" }.joined())
        lines += rows.map { "| " + $0.map(Self.escaped).joined(separator: " | ") + " |" }
        lines.append("")
      }
    }
    return lines.joined(separator: "\n")
  }

  public var html: String {
    var lines = [
      "<!doctype html>", "<html lang=\"en\"><head><meta charset=\"utf-8\">",
      "<title>\(Self.html(title))</title>", "<style>\(Self.style)</style></head><body>",
      "<h1>\(Self.html(title))</h1>",
    ]
    for part in parts {
      switch part {
      case .heading(let text): lines.append("<h2>\(Self.html(text))</h2>")
      case .text(let text): lines.append("<p>\(Self.html(text))</p>")
      case .table(let columns, let rows):
        let head = columns.map { "<th>\(Self.html($0))</th>" }.joined()
        lines.append("<table><thead><tr>\(head)</tr></thead><tbody>")
        for row in rows {
          lines.append("<tr>" + row.map { "<td>\(Self.html($0))</td>" }.joined() + "</tr>")
        }
        lines.append("</tbody></table>")
      }
    }
    return (lines + ["</body></html>"]).joined(separator: "\n") + "\n"
  }

  private static let style = """
    body{font:14px/1.5 system-ui,sans-serif;max-width:70em;margin:2em auto;padding:0 1em}\
    table{border-collapse:collapse;width:100%}td,th{border:1px solid #ccc;padding:.3em .6em;\
    text-align:left;vertical-align:top;overflow-wrap:anywhere}th{background:#f3f3f3}
    """

  /// A text in which no letter is markup of Markdown, on one line.
  static func escaped(_ text: String) -> String {
    var result = ""
    for letter in TerminalText(text).text {
      if "\\`*_{}[]<>()#+!|~&".contains(letter) { result += "\\" }
      result.append(letter)
    }
    return result
  }

  static func html(_ text: String) -> String {
    var result = ""
    for letter in TerminalText(text).text {
      switch letter {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      default: result.append(letter)
      }
    }
    return result
  }
}
