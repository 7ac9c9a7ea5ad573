import CSIMD
import Columnar

/// Finds the keys of dynamic values: those of the text that `tostring` prints, and those of strings
/// inside that print in another form than they have.
final class DynamicTerms {
  private var sink = ByteSink(capacity: 4096)

  /// Calls `body` with each key; some come more than once.
  func forEachKey(of value: TextView, _ body: (UInt64) -> Void) {
    let view = DynamicView(value.buffer)
    sink.removeAll()
    view.writeText(into: &sink)
    let text = sink.bytes
    guard let start = text.baseAddress else { return }
    let printed = TextView(base: start, count: text.count)
    body(TermKeys.key(ofValue: printed))
    TermKeys.forEach(in: printed, body)
    Self.forEachString(in: view) { string in
      if !Self.printsAsIs(string) { TermKeys.forEach(in: string, body) }
    }
  }

  /// Whether a string has the same terms within JSON as alone: plain ASCII does, where nothing is
  /// escaped.
  private static func printsAsIs(_ text: TextView) -> Bool {
    csimd_is_ascii(text.base, text.count)
      && text.buffer.allSatisfy { $0 >= 0x20 && $0 != 0x22 && $0 != 0x5C }
  }

  private static func forEachString(in view: DynamicView, _ body: (TextView) -> Void) {
    switch view.kind {
    case .string:
      if let text = view.string, let start = text.baseAddress {
        body(TextView(base: start, count: text.count))
      }
    case .array: for element in view.elements { forEachString(in: element, body) }
    case .bag: for member in view.members { forEachString(in: member.value, body) }
    default: return
    }
  }
}
