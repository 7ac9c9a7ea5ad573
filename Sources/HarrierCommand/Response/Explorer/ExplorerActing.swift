import Hunting
import Response
import Tenancy

/// Takes an action on the mails that Explorer lists.
struct ExplorerActing {
  private let kind: ActionKind
  private let options: ActOptions
  private let rows: RowActing

  /// nil where nothing is done; refuses what cannot be, before mails are looked for.
  init?(_ options: ActOptions, _ access: StoreAccess, _ scope: TenantScope) throws {
    guard let kind = options.kind else { return nil }
    self.kind = kind
    self.options = options
    rows = try RowActing(kind, options, access, scope, what: "mails of Explorer")
  }

  /// Takes the action on the mails that one reaches; the exit code where some fail.
  func act(_ mails: [ExplorerMail], _ console: Console) throws -> Int32? {
    let reached = mails.filter(\.isActionable)
    if reached.count < mails.count {
      console.note("\(mails.count - reached.count) mails are where no action reaches them")
    }
    let approval = ActionExecution.makeApproval()
    var requests: [ActionRequest] = []
    var forbidden: [String: Int] = [:]
    for mail in reached {
      guard rows.allowed.contains(mail.tenant) else {
        forbidden[mail.tenant, default: 0] += 1
        continue
      }
      requests.append(try request(mail, approval))
      try RowActing.checkCount(requests.count)
    }
    let failed = rows.tell(forbidden: forbidden, console)
    if requests.isEmpty {
      console.note("no action is taken")
      return failed
    }
    return try rows.take(requests, console) ?? failed
  }

  private func request(_ mail: ExplorerMail, _ approval: String) throws -> ActionRequest {
    let target = try ActionTarget(
      kind,
      [("networkMessageId", mail.id), ("recipientEmailAddress", mail.recipient)]
    )
    var request = ActionRequest(kind, on: target, of: mail.tenant, source: .explorer)
    request.approval = approval
    request.name = options.actName ?? ""
    request.needsApproval = options.execution.propose
    if options.sendersCopy {
      try request.alsoDelete(
        SendersCopy(of: "\(target)", sender: mail.sender, direction: mail.direction)
      )
    }
    return request
  }
}
