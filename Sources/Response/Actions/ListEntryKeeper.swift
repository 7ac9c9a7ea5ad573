import Alerts
import Columnar
import GRDB
import Incidents

/// Puts files, URLs and senders on the allow and block list of their tenant.
struct ListEntryKeeper: EntryKeeper {
  func execute(_ action: ActionRecord, _ writer: ResponseWriter) throws -> ActionOutcome {
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
    let known = try writer.incidents.entries(of: [action.tenant]).first { entry in
      entry.kind == kind && entry.value == value && entry.action == verdict
        && entry.holds(at: writer.incidents.now)
    }
    if let known {
      return ActionOutcome(
        .alreadyRemediated,
        "entry \(known.reference.number) of the list says \(verdict.rawValue) already"
      )
    }
    var request = EntryRequest(verdict, kind, value, of: action.tenant)
    request.note = "action \(action.reference)"
    let actor: Actor = action.isSystem ? .response : Actor(principal: action.requestedBy)
    let made = try writer.incidents.add(request, value, by: actor)
    let number = made.map { "\($0.reference.number)" } ?? ""
    return ActionOutcome(.completed, "entry \(number) of the allow and block list")
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
