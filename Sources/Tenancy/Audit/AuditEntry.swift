public import Columnar
import Crypto

/// Something that was done or refused, as the audit trail keeps it.
public struct AuditEntry: Sendable, Hashable {
  /// Counts from 1 without gaps.
  public let sequence: Int64
  public let at: DateTime
  /// Who did it.
  public let principal: String
  /// What was done, such as `grant` or `hunt`.
  public let action: String
  /// To what: a tenant, a principal, a group.
  public let object: String
  public let detail: String
  /// SHA-256, in hex, of the hash of the entry before it and of this one.
  public let hash: String

  /// What stands before the first entry.
  static let noHash = String(repeating: "0", count: 2 * SHA256.byteCount)

  /// The hash that an entry must have behind another.
  ///
  /// Texts go in with their length before them, so that no two entries give the same bytes.
  func hash(after previous: String) -> String {
    var bytes: [UInt8] = []
    Self.append(UInt64(bitPattern: sequence), to: &bytes)
    Self.append(UInt64(bitPattern: at.ticks), to: &bytes)
    for text in [previous, principal, action, object, detail] {
      Self.append(UInt64(text.utf8.count), to: &bytes)
      bytes += Array(text.utf8)
    }
    return HexDigits.text(SHA256.hash(data: bytes))
  }

  /// The entry with its hash.
  func sealed(after previous: String) -> AuditEntry {
    AuditEntry(
      sequence: sequence,
      at: at,
      principal: principal,
      action: action,
      object: object,
      detail: detail,
      hash: hash(after: previous)
    )
  }

  private static func append(_ word: UInt64, to bytes: inout [UInt8]) {
    for shift in stride(from: 0, to: 64, by: 8) {
      bytes.append(UInt8(truncatingIfNeeded: word &>> UInt64(shift)))
    }
  }
}

/// The last entry of a trail, to be kept elsewhere: a trail that was cut or written anew does not
/// have it.
public struct AuditHead: Sendable, Hashable {
  public let sequence: Int64
  /// In hex.
  public let hash: String

  init(sequence: Int64, hash: String) {
    self.sequence = sequence
    self.hash = hash
  }

  /// The head of a trail without entries.
  static let empty = AuditHead(sequence: 0, hash: AuditEntry.noHash)

  /// Reads what `description` writes; nil where it is no head.
  public init?(_ text: String) {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, let sequence = Int64(parts[0]), sequence >= 0,
      parts[1].utf8.count == AuditEntry.noHash.utf8.count, parts[1].allSatisfy(\.isHexDigit)
    else { return nil }
    self.init(sequence: sequence, hash: parts[1].lowercased())
  }
}

extension AuditHead: CustomStringConvertible {
  /// The number of the entry and its hash, as in `42:9f…`.
  public var description: String { "\(sequence):\(hash)" }
}
