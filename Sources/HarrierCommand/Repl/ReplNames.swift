import FileAccess
import Hunting
import HuntingShell
import SourceText
import Tenancy

/// Names that the commands of a session may take; none where they cannot be found out.
struct ReplNames: CommandNames {
  private let session: ReplSession

  init(_ session: ReplSession) { self.session = session }

  var tables: [String] { session.engine.presentTables.sorted() }

  var tenantSelections: [String] {
    guard let store = session.data.store,
      let seen = try? StoreAccess(store, as: session.data.tenants.identity.principal),
      let present = try? seen.present()
    else { return [] }
    return seen.state.selections(of: seen.principal, present: present, at: AccessClock.now)
  }

  var saved: [SavedName] {
    let file = SavedFile(session.data)
    guard let principal = try? file.principal() else { return [] }
    var seen: Set<String> = []
    return ((try? file.texts(for: principal)) ?? []).filter { seen.insert($0.name).inserted }
      .map { text in
        let isOwn = text.owner == principal.name
        let owner = isOwn ? "" : " of \(TerminalText(text.owner).text)"
        return SavedName(text.name, detail: text.kind.rawValue + owner, isOwn: isOwn)
      }
  }
}
