public import FileAccess
public import OperationalStore

/// What a check of a whole store found.
public struct StoreVerification: Sendable {
  /// Something that is not as it should be.
  public struct Problem: Sendable, Equatable {
    /// The file that is meant; the store's folder where it is the catalogue.
    public let path: String
    public let detail: String
  }

  public internal(set) var problems: [Problem] = []
  public internal(set) var checkedSegments = 0
  public internal(set) var checkedBytes: Int64 = 0

  mutating func note(_ path: String, _ detail: String) {
    problems.append(Problem(path: path, detail: detail))
  }
}

extension TableStore {
  /// Checks the catalogue, every segment and every file of dead letters.
  ///
  /// - Parameter check: Looks into one segment, whose size is right, and says what is wrong with
  ///   it: the format of segments is not the store's business.
  public func verify(
    _ check: (MappedFile, SegmentEntry) -> String?
  ) throws(StoreFailure) -> StoreVerification {
    var verification = StoreVerification()
    for damage in try database.findDamage() { verification.note(path, damage) }
    let snapshot = try snapshot()
    for tenant in snapshot.tenants {
      for table in tenant.tables {
        verifySequence(of: table, in: tenant, &verification)
        for entry in table.segments { verify(entry, check, &verification) }
      }
    }
    for file in try deadLetterFiles() {
      do throws(FileFailure) {
        let map = try files.map(file.path)
        verification.checkedBytes += Int64(map.byteCount)
        if let damage = DeadLetterReader.damage(file, map) {
          verification.note(file.path, damage)
        }
      } catch {
        verification.note(file.path, error.description)
      }
    }
    return verification
  }

  private func verify(
    _ entry: SegmentEntry,
    _ check: (MappedFile, SegmentEntry) -> String?,
    _ verification: inout StoreVerification
  ) {
    do throws(FileFailure) {
      let map = try files.map(entry.path)
      verification.checkedSegments += 1
      verification.checkedBytes += Int64(map.byteCount)
      if Int64(map.byteCount) != entry.byteCount {
        let detail = "it has \(map.byteCount) bytes instead of \(entry.byteCount)"
        verification.note(entry.path, detail)
      } else if let damage = check(map, entry) {
        verification.note(entry.path, damage)
      }
    } catch {
      verification.note(entry.path, error.description)
    }
  }

  /// Checks that no two rows of a table share a sequence number.
  private func verifySequence(
    of table: TableEntry,
    in tenant: TenantEntry,
    _ verification: inout StoreVerification
  ) {
    var next: Int64 = 1
    for entry in table.segments {
      if entry.firstSequence < next || entry.lastSequence >= table.nextSequence {
        verification.note(
          entry.path,
          "its sequence numbers do not fit table '\(table.name)' of tenant '\(tenant.name)'"
        )
      }
      next = max(next, entry.lastSequence + 1)
    }
  }
}
