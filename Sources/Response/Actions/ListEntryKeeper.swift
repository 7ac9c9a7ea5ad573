import Alerts
import Columnar
import GRDB
import Incidents

/// Puts files, URLs and senders on the allow and block list of their tenant, and takes off what an
/// action put there.
struct ListEntryKeeper: EntryKeeper {
  func execute(_ action: ActionRecord, _ writer: ResponseWriter) throws -> ActionOutcome {
    if action.kind.removesEntry { return try remove(action, writer) }
    guard let (kind, text) = Self.entry(action) else {
      return ActionOutcome(.failed, "\(action.kind.rawValue) names nothing to list")
    }
    let value: String
    do throws(ResponseFailure) {
      // Rules name files by SHA-1 too, which people may not.
      if let hash = action.target["sha1"], kind == .fileHash {
        value = hash.lowercased()
      } else {
        value = try ListEntry.canonical(text, kind)
      }
    } catch {
      return ActionOutcome(.failed, error.description)
    }
    let verdict: ListEntry.Action = action.kind == .allowFile ? .allow : .block
    let held = try writer.incidents.entries(of: [action.tenant]).first { entry in
      entry.kind == kind && entry.value == value && entry.holds(at: writer.incidents.now)
    }
    if let held, held.action == verdict {
      return ActionOutcome(
        .alreadyRemediated,
        "entry \(held.reference.number) of the list says \(verdict.rawValue) already"
      )
    }
    var request = EntryRequest(verdict, kind, value, of: action.tenant)
    request.note = action.entryNote
    let made = try writer.incidents.add(request, value, by: action.asker)
    let number = made.map { "\($0.reference.number)" } ?? ""
    let detail = "entry \(number) of the allow and block list"
    guard let replaced = held.map({ ReplacedEntry($0) }) else {
      return ActionOutcome(.completed, detail)
    }
    return ActionOutcome(
      .completed,
      "\(detail), in the place of \(replaced.text)",
      before: replaced.text
    )
  }

  /// Takes off the entry of the action that is taken back, and lets what that had replaced hold
  /// again.
  private func remove(_ action: ActionRecord, _ writer: ResponseWriter) throws -> ActionOutcome {
    guard let id = action.undoesID, let undone = try writer.incidents.action(id: id) else {
      return ActionOutcome(.failed, "\(action.kind.rawValue) only takes an action back")
    }
    switch try writer.incidents.entry(putBy: undone, at: writer.incidents.now) {
    case .failure(let failure): return ActionOutcome(.failed, failure.description)
    case .success(let entry):
      _ = try writer.incidents.remove(entry.reference, by: action.asker)
      let detail = "entry \(entry.reference.number) is off the allow and block list"
      let restored = try writer.incidents.restoreEntry(replacedBy: undone)
      return ActionOutcome(.completed, restored.map { detail + "; " + $0 } ?? detail)
    }
  }

  private static func entry(
    _ action: ActionRecord
  ) -> (kind: ListEntry.Kind, value: String)? {
    let kinds: [(String, ListEntry.Kind)] = [
      ("sha256", .fileHash), ("sha1", .fileHash), ("url", .url), ("sender", .sender),
    ]
    for (name, kind) in kinds {
      if let value = action.target[name] { return (kind, value) }
    }
    return nil
  }
}

extension ActionRecord {
  /// What the entry that it puts on the list says of itself.
  fileprivate var entryNote: String { "action \(reference)" }

  /// Who does what it asks for.
  fileprivate var asker: Actor { isSystem ? .response : Actor(principal: requestedBy) }
}

extension IncidentReading {
  /// The entry that an action put on the list, where it still holds; else why it is not taken off.
  func entry(
    putBy action: ActionRecord,
    at now: DateTime
  ) throws -> Result<ListEntry, ResponseFailure> {
    guard action.connector == OwnExecutions.name else {
      return .failure(
        ResponseFailure("'\(action.connector)' did \(action.reference); take it back there")
      )
    }
    let entries = try entries(of: [action.tenant])
    // It was made when the action ended, in the same transaction; notes alone are anybody's.
    let own = entries.first { $0.note == action.entryNote && $0.created == action.ended }
    guard let own else {
      return .failure(ResponseFailure("no entry of the list is of \(action.reference)"))
    }
    if own.holds(at: now) { return .success(own) }
    let what = "entry \(own.reference.number), which \(action.reference) put on the list,"
    let other = entries.first {
      $0.kind == own.kind && $0.value == own.value && $0.holds(at: now)
    }
    guard let other else {
      let end = own.removed == nil ? "has expired" : "is off the list already"
      return .failure(ResponseFailure("\(what) \(end)"))
    }
    return .failure(
      ResponseFailure(
        "\(what) was replaced by entry \(other.reference.number) (\(other.action.rawValue)); "
          + "'harrier allow-block remove' takes that off"
      )
    )
  }
}
