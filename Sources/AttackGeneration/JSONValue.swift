import Columnar
import StructuredText

/// A value of JSON whose members keep their order; a time is written with seven digits.
enum JSONValue: Sendable {
  case null
  case truth(Bool)
  case whole(Int64)
  case text(String)
  case time(DateTime)
  case list([JSONValue])
  case object([(String, JSONValue)])

  init(_ text: String?) { self = text.map { .text($0) } ?? .null }

  static func texts(_ texts: [String]) -> JSONValue { .list(texts.map { .text($0) }) }

  /// The value on one line.
  var text: String {
    var output = ""
    write(&output)
    return output
  }

  private func write(_ output: inout String) {
    switch self {
    case .null: output += "null"
    case .truth(let truth): output += truth ? "true" : "false"
    case .whole(let number): output += String(number)
    case .text(let text): Self.write(text, &output)
    case .time(let time): output += "\"" + time.text + "\""
    case .list(let items):
      Self.writeList(items, "[", "]", &output) { $0.write(&$1) }
    case .object(let members):
      Self.writeList(members, "{", "}", &output) { member, output in
        Self.write(member.0, &output)
        output += ":"
        member.1.write(&output)
      }
    }
  }

  /// Writes a text in quotes; most hold nothing that needs an escape.
  private static func write(_ text: String, _ output: inout String) {
    let isPlain = text.utf8.allSatisfy {
      $0 >= 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\")
    }
    if isPlain {
      output += "\""
      output += text
      output += "\""
    } else {
      output += JSONDocumentWriter.quoted(text)
    }
  }

  private static func writeList<Item>(
    _ items: [Item],
    _ open: String,
    _ close: String,
    _ output: inout String,
    _ write: (Item, inout String) -> Void
  ) {
    output += open
    for (place, item) in items.enumerated() {
      if place > 0 { output += "," }
      write(item, &output)
    }
    output += close
  }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByBooleanLiteral
{
  init(stringLiteral value: String) { self = .text(value) }
  init(integerLiteral value: Int64) { self = .whole(value) }
  init(booleanLiteral value: Bool) { self = .truth(value) }
}

extension DateTime {
  /// ISO 8601 in UTC with seven digits of a second.
  var text: String {
    var sink = ByteSink(capacity: 32)
    sink.append(datetime: self)
    return sink.text()
  }

  /// The instant some time later, or the last one there is.
  func after(seconds: Int) -> DateTime {
    adding(TimeSpan(ticks: Int64(seconds) * TimeSpan.ticksPerSecond))
      ?? DateTime(ticks: DateTime.maximumTicks)
  }

  func after(minutes: Int) -> DateTime { after(seconds: minutes * 60) }
}
