import Columnar
import FileAccess

/// The greatest ratio that each kernel may have: one object of JSON, names and numbers.
struct Thresholds {
  /// A file that holds no thresholds.
  struct Unreadable: Error, CustomStringConvertible {
    let path: String
    var description: String { "\(path) is no object of names and numbers" }
  }

  private var greatest: [String: Double] = [:]

  /// Reads a file.
  init(path: String) throws {
    let bytes = try LocalFileSystem().readAll(path, limitBytes: 1 << 20)
    var writer = DynamicWriter()
    let isJSON = bytes.withUnsafeBufferPointer { JSONParser.parse($0, into: &writer) }
    guard isJSON, writer.view().kind == .bag else { throw Unreadable(path: path) }
    for member in writer.view().members {
      guard let ratio = member.value.number else { throw Unreadable(path: path) }
      greatest[String(decoding: member.key, as: UTF8.self)] = ratio
    }
  }

  /// The names for which there is a threshold.
  var names: Set<String> { Set(greatest.keys) }

  /// The threshold of a kernel; nil where it has none.
  subscript(_ name: String) -> Double? { greatest[name] }
}

extension DynamicView {
  /// A whole or real number as a real.
  fileprivate var number: Double? { real ?? long.map { Double($0) } }
}
