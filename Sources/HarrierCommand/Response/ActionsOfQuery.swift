import ArgumentParser
import Columnar
import Execution
import FileAccess
import Hunting
import Incidents
import OperationalStore
import Response
import SourceText
import Tenancy

/// What is done to the rows of a query.
struct ActOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Take an action on the rows of the result, such as isolateDevice or softDelete.",
      discussion: "'harrier help actions take' lists the kinds. Targets come from the columns that "
        + "Defender takes them from: DeviceId, SHA1, NetworkMessageId, AccountSid …",
      valueName: "kind"
    )
  )
  var act: String?

  @Option(help: ArgumentHelp("A name for people of what is done.", valueName: "text"))
  var actName: String?

  @Flag(
    help: ArgumentHelp(
      "Delete the copies of the senders too; with --act softDelete.",
      discussion: "Rows are of EmailEvents or EmailPostDeliveryEvents, have EmailDirection and "
        + "SenderFromAddress, and are Intra-org or Outbound."
    )
  )
  var sendersCopy = false

  @OptionGroup var execution: ActionExecution

  func validate() throws {
    if sendersCopy, kind != .softDelete {
      throw ValidationError("--senders-copy goes with --act softDelete.")
    }
    if let act, ActionKind(rawValue: act).map(\.isOffered) != true {
      throw ValidationError("--act has no '\(act)'; it is one of \(ActionWords.kinds).")
    }
    if act == nil, actName != nil || execution.propose || execution.later {
      throw ValidationError("--act-name, --propose and --later go with --act.")
    }
  }

  /// nil where nothing is done.
  var kind: ActionKind? { act.flatMap { ActionKind(rawValue: $0) } }
}

/// Takes actions on the rows of a query.
struct QueryActing {
  private let kind: ActionKind
  private let options: ActOptions
  private let store: OpenedStore
  private let rows: RowActing
  private let columns: TargetColumns

  /// Refuses what cannot be, before the query runs.
  init?(
    _ options: ActOptions,
    _ text: SourceText,
    _ engine: HuntingEngine,
    _ store: OpenedStore?,
    parameters: [String: Scalar]
  ) throws {
    guard let kind = options.kind else { return nil }
    guard let store else {
      throw ResponseFailure("an action needs a store whose tenants it is taken in; add --store DIR")
    }
    self.kind = kind
    self.options = options
    self.store = store
    columns = TargetColumns(kind)
    rows = try RowActing(kind, options, store.access, store.scope, what: "targets of a query")
    let tables = engine.tables(readBy: text)
    try Self.requireOwnTenants(of: tables, store)
    if options.sendersCopy { try SendersCopyColumns.require(tables: tables) }
    let results = engine.check(text, parameters: parameters).columnNames
    guard results.count <= 1 else {
      throw ResponseFailure("an action needs a query with one result; this one has several")
    }
    if let names = results.first ?? nil { try require(names) }
  }

  /// Refuses results that lack the columns of targets or tenants.
  private func require(_ names: [String]) throws(ResponseFailure) {
    if let missing = columns.refusal(names) { throw missing }
    if options.sendersCopy { _ = try SendersCopyColumns(names) }
    if store.scope.tenants.count > 1, !names.contains(Self.tenantColumn) {
      throw ResponseFailure(
        "several tenants are read; keep the column TenantId, or choose one with --tenant NAME"
      )
    }
  }

  /// Refuses tables whose logs say themselves of which tenant they are: an attacker's logs could
  /// name another one.
  private static func requireOwnTenants(of tables: Set<String>, _ store: OpenedStore) throws {
    guard store.scope.tenants.count > 1,
      let found = try store.access.table(among: tables, with: tenantColumn, in: store.scope)
    else { return }
    throw ResponseFailure(
      "\(found.table) of \(found.tenant) has a column TenantId of its own, so that rows cannot be "
        + "told apart; act in one tenant with --tenant NAME"
    )
  }

  private static let tenantColumn = "TenantId"

  /// Takes the actions; the exit code where some fail.
  func act(_ answer: HuntingAnswer, _ console: Console) throws -> Int32? {
    guard let result = answer.tables.first?.result else { return nil }
    try require(result.schema.columns.map(\.name))
    let found = try targets(result)
    if found.withoutTarget > 0 {
      console.note("\(found.withoutTarget) rows have no value in the columns of targets")
    }
    let failed = rows.tell(forbidden: found.forbidden, console)
    if found.requests.isEmpty {
      console.note("no row names a target; no action is taken")
      return failed
    }
    return try rows.take(found.requests, console) ?? failed
  }

  /// What rows name.
  private struct Found {
    var requests: [ActionRequest] = []
    var withoutTarget = 0
    var forbidden: [String: Int] = [:]
  }

  /// The targets of rows, each once in its tenant.
  private func targets(_ result: QueryResult) throws -> Found {
    var found = Found()
    var seen: Set<[UInt8]> = []
    let names = result.schema.columns.map(\.name)
    let reader = columns.reader(names)
    let copies = options.sendersCopy ? try SendersCopyColumns(names) : nil
    let tenantIndex = names.firstIndex(of: Self.tenantColumn)
    let tenants = store.scope.tenants
    let byID = Dictionary(tenants.map { ($0.id, $0.name) }) { first, _ in first }
    let approval = ActionExecution.makeApproval()
    try result.forEachRow { row in
      let tenant =
        tenants.count == 1
        ? tenants[0].name : tenantIndex.flatMap { TargetColumns.text(row[$0]) }.flatMap { byID[$0] }
      guard let tenant, let target = try? ActionTarget(kind, reader(row)) else {
        found.withoutTarget += 1
        return
      }
      guard seen.insert(Array("\(tenant)\n\(target)".utf8)).inserted else { return }
      guard rows.allowed.contains(tenant) else {
        found.forbidden[tenant, default: 0] += 1
        return
      }
      var request = ActionRequest(kind, on: target, of: tenant, source: .advancedHunting)
      request.approval = approval
      request.name = options.actName ?? ""
      request.needsApproval = options.execution.propose
      if let copies { try request.alsoDelete(copies.copy(row, of: target)) }
      found.requests.append(request)
      try RowActing.checkCount(found.requests.count)
    }
    return found
  }
}

/// Which columns have the identifiers of targets, as in Defender's advanced hunting.
struct TargetColumns {
  private let kind: ActionKind

  init(_ kind: ActionKind) { self.kind = kind }

  private static let columns: [String: [String]] = [
    "deviceId": ["DeviceId"],
    "sha1": ["SHA1", "InitiatingProcessSHA1"],
    "sha256": ["SHA256", "InitiatingProcessSHA256"],
    "networkMessageId": ["NetworkMessageId"],
    "recipientEmailAddress": ["RecipientEmailAddress"],
    "accountSid": [
      "AccountSid", "InitiatingProcessAccountSid", "RequestAccountSid", "OnPremSid",
    ],
    "accountObjectId": [
      "AccountObjectId", "InitiatingProcessAccountObjectId", "RecipientObjectId",
    ],
    "accountUpn": ["AccountUpn", "InitiatingProcessAccountUpn"],
    "url": ["Url", "RemoteUrl"],
    "sender": ["SenderFromAddress", "SenderMailFromAddress"],
    "mailboxPrimaryAddress": ["MailboxPrimaryAddress"],
    "ruleName": ["RuleName"],
    "appId": ["OAuthAppId"],
  ]

  /// Why a result has no targets; nil where it may have some.
  func refusal(_ names: [String]) -> ResponseFailure? {
    let present = Set(names)
    let isThere = kind.identifiers.contains { set in
      set.allSatisfy { name in (Self.columns[name] ?? []).contains { present.contains($0) } }
    }
    if isThere { return nil }
    let needed = kind.identifiers.map { set in
      set.map { (Self.columns[$0] ?? []).joined(separator: " or ") }.joined(separator: " with ")
    }
    return ResponseFailure(
      "\(kind.rawValue) needs the columns \(needed.joined(separator: ", or "))"
    )
  }

  /// Reads the identifiers of a row: of the columns of one identifier the first with a value.
  func reader(_ names: [String]) -> ([Scalar]) -> [(String, String)] {
    let places = Set(kind.identifiers.flatMap { $0 }).sorted().map { name in
      (name, (Self.columns[name] ?? []).compactMap { names.firstIndex(of: $0) })
    }
    // A row that should name whose consent is meant, but does not, must not mean that of all.
    let narrows = kind.subject == .app && places.contains { $0.0 == "accountUpn" && !$0.1.isEmpty }
    return { row in
      let known = places.compactMap { name, indices -> (String, String)? in
        let value = indices.lazy.compactMap { Self.text(row[$0]) }.first { !$0.isEmpty }
        return value.map { (name, $0) }
      }
      return narrows && !known.contains { $0.0 == "accountUpn" } ? [] : known
    }
  }

  static func text(_ cell: Scalar) -> String? {
    if case .string(let text) = cell { return text.text }
    return nil
  }
}
