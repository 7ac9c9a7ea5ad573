import Columnar

/// A place inside nested bags: a plain key, or a path such as `$.a.b` or `$['a'].b`.
struct BagPath: Equatable {
  let keys: [[UInt8]]

  /// Reads a key or path; a text that does not start with `$.` or `$[` is one key.
  init(_ text: UnsafeBufferPointer<UInt8>) {
    let bytes = Array(text)
    guard bytes.count > 2, bytes[0] == UInt8(ascii: "$"), let keys = Self.keys(bytes) else {
      self.keys = [bytes]
      return
    }
    self.keys = keys
  }

  init(keys: [[UInt8]]) { self.keys = keys }

  /// The path without its first key.
  var rest: BagPath { BagPath(keys: Array(keys.dropFirst())) }

  private static func keys(_ bytes: [UInt8]) -> [[UInt8]]? {
    var keys: [[UInt8]] = []
    var index = 1
    while index < bytes.count {
      if bytes[index] == UInt8(ascii: ".") {
        let start = index + 1
        index = start
        while index < bytes.count, bytes[index] != UInt8(ascii: "."),
          bytes[index] != UInt8(ascii: "[")
        { index += 1 }
        keys.append(Array(bytes[start..<index]))
      } else if bytes[index] == UInt8(ascii: "["), index + 3 < bytes.count {
        let quote = bytes[index + 1]
        let start = index + 2
        guard quote == UInt8(ascii: "'") || quote == UInt8(ascii: "\""),
          let end = bytes[start...].firstIndex(of: quote), end + 1 < bytes.count,
          bytes[end + 1] == UInt8(ascii: "]")
        else { return nil }
        keys.append(Array(bytes[start..<end]))
        index = end + 2
      } else {
        return nil
      }
    }
    return keys.contains { $0.isEmpty } ? nil : keys
  }
}

extension DynamicView {
  /// The value at a path of keys.
  func value(at path: BagPath) -> DynamicView? {
    var found = self
    for key in path.keys {
      guard let next = key.withUnsafeBufferPointer({ found.member(named: $0) }) else {
        return nil
      }
      found = next
    }
    return found
  }
}

extension DynamicWriter {
  /// Appends a bag without the members at some paths.
  mutating func append(_ bag: DynamicView, without paths: [BagPath]) {
    guard bag.kind == .bag else { return append(bag) }
    beginBag()
    for member in bag.members {
      let key = Array(member.key)
      let concerned = paths.filter { $0.keys.first == key }
      if concerned.contains(where: { $0.keys.count == 1 }) { continue }
      appendName(member.key)
      if concerned.isEmpty {
        append(member.value)
      } else {
        append(member.value, without: concerned.map(\.rest))
      }
    }
    endBag()
  }

  /// Appends a bag with a value put at a path; bags on the way are made where they are missing.
  mutating func append(_ bag: DynamicView, setting path: BagPath, to value: DynamicView) {
    guard let key = path.keys.first else { return append(value) }
    beginBag()
    for member in bag.members where !member.key.elementsEqual(key) {
      appendName(member.key)
      append(member.value)
    }
    appendName(key)
    let inner = key.withUnsafeBufferPointer { bag.member(named: $0) } ?? .null
    append(inner, setting: path.rest, to: value)
    endBag()
  }
}
