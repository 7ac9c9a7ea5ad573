import Columnar
import FileAccess
import KQLFunctions
import Synchronization

/// Time zones from a folder of compiled zone files, as the package tzdata installs it.
final class ZoneFolder: TimeZoneDatabase {
  /// Where the systems that Harrier runs on keep their zones.
  static let systemPath = "/usr/share/zoneinfo"
  private static let fileLimitBytes = 1 << 20
  private static let longestName = 64
  private static let deepestFolder = 4
  /// What lies in the folder and names no place: copies of all zones by other rules, and what
  /// this machine or none is set to.
  private static let otherNames: Set<String> = [
    "posix", "right", "localtime", "posixrules", "Factory",
  ]

  private let path: String
  private let files: any FileSystem
  private let known = Mutex<[String: TimeZoneRules]>([:])

  init(path: String = ZoneFolder.systemPath, files: any FileSystem) {
    self.path = path
    self.files = files
  }

  func rules(named name: String) throws -> TimeZoneRules? {
    if let rules = known.withLock({ $0[name] }) { return rules }
    try requireFolder()
    guard Self.isZoneName(name), let bytes = try contents(name) else { return nil }
    guard let rules = TimeZoneRules(zoneFile: bytes) else {
      throw QueryFailure(
        .input,
        "the rules of the time zone '\(name)' cannot be read; they are "
          + "in \(path)/\(name)"
      )
    }
    known.withLock { $0[name] = rules }
    return rules
  }

  func names() throws -> [String] {
    try requireFolder()
    var names: [String] = []
    do {
      try collect(below: "", depth: 0, into: &names)
    } catch let failure as FileFailure {
      throw QueryFailure(.input, failure.description)
    }
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// Whether a text may name a zone: parts of letters, digits, `_`, `+` and `-`, so that no name
  /// leads out of the folder.
  private static func isZoneName(_ name: String) -> Bool {
    let parts = name.split(separator: "/", omittingEmptySubsequences: false)
    guard name.utf8.count <= longestName, !otherNames.contains(String(parts[0])) else {
      return false
    }
    return parts.allSatisfy { part in
      !part.isEmpty
        && part.utf8.allSatisfy { byte in
          let isDigit = byte &- UInt8(ascii: "0") < 10
          let isLetter = (byte | 0x20) &- UInt8(ascii: "a") < 26
          return isDigit || isLetter || "_+-".utf8.contains(byte)
        }
    }
  }

  private func requireFolder() throws {
    if let status = try? files.status(of: path), status.kind == .directory { return }
    throw QueryFailure(
      .unsupported,
      "time zones need the zone files of the system, and there are none in \(path); "
        + "install the package tzdata"
    )
  }

  /// The bytes of a zone's file; nil where there is none.
  private func contents(_ name: String) throws -> [UInt8]? {
    do throws(FileFailure) {
      let source = try files.open("\(path)/\(name)")
      let bytes = try source.readAll(limitBytes: Self.fileLimitBytes)
      return bytes.starts(with: TimeZoneRules.magic) ? bytes : nil
    } catch {
      switch error.reason {
      case .missing, .isDirectory, .notDirectory: return nil
      default: throw QueryFailure(.input, error.description)
      }
    }
  }

  private func collect(below folder: String, depth: Int, into names: inout [String]) throws {
    guard depth < Self.deepestFolder else { return }
    for entry in try files.list(folder.isEmpty ? path : "\(path)/\(folder)") {
      let name = folder.isEmpty ? entry : "\(folder)/\(entry)"
      guard Self.isZoneName(name) else { continue }
      switch try files.status(of: "\(path)/\(name)").kind {
      case .directory: try collect(below: name, depth: depth + 1, into: &names)
      case .regular: if try isZone(name) { names.append(name) }
      case .stream: break
      }
    }
  }

  private func isZone(_ name: String) throws -> Bool {
    let source = try files.open("\(path)/\(name)")
    var start = [UInt8](repeating: 0, count: TimeZoneRules.magic.count)
    var failure: FileFailure?
    let count = start.withUnsafeMutableBytes { buffer in
      do throws(FileFailure) {
        return try source.fill(buffer)
      } catch {
        failure = error
        return 0
      }
    }
    if let failure { throw failure }
    return count == start.count && start == TimeZoneRules.magic
  }
}
