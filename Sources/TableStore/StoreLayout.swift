import FileAccess

/// Where a store keeps what, below its folder.
struct StoreLayout: Sendable {
  let root: String
  /// The catalogue; tests of a simulated disk keep it elsewhere.
  let database: String

  init(root: String, database: String? = nil) {
    self.root = root
    self.database = database ?? root + "/harrier.db"
  }

  /// Held by the one process that writes.
  var lock: String { root + "/LOCK" }
  /// Each reader holds a lock of the position that is the version of its snapshot.
  var readers: String { root + "/READERS" }
  var segments: String { root + "/segments" }
  var deadLetters: String { root + "/dead-letters" }
  /// Unfinished files and the writer's spills; emptied when a writer opens.
  var temporary: String { root + "/temporary" }

  /// The path below the root of a segment.
  static func segment(_ id: String, tenant: String, table: String) -> String {
    "segments/\(encoded(tenant))/\(encoded(table))/\(id).seg"
  }

  /// The path below the root of a file of dead letters.
  static func deadLetters(_ id: String, tenant: String, table: String) -> String {
    "dead-letters/\(encoded(tenant))/\(encoded(table))/\(id).letters"
  }

  /// The most bytes of a folder's name.
  private static let longestName = 240

  /// Writes a tenant's or table's name as a folder's: letters, digits, `_` and `-` stay, any other
  /// byte becomes `%` and two hex digits, so that no two names meet and none leads elsewhere.
  static func encoded(_ name: String) -> String {
    var bytes: [UInt8] = []
    for byte in name.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
        bytes.append(byte)
      default:
        let digits = Array("0123456789ABCDEF".utf8)
        bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Says what is wrong with a name of a tenant or table; nil where nothing is.
  static func refusal(of name: String, kind: String) -> String? {
    if name.isEmpty { return "the name of a \(kind) is empty" }
    if encoded(name).utf8.count > longestName {
      return "the name of a \(kind) is too long for a folder's (\(name.utf8.count) bytes)"
    }
    return nil
  }
}
