/// Looks up in a tenant's mail events whose copies of mails may be deleted, for whoever names mails
/// by hand.
public struct SendersCopySearch {
  private let source: any TenantRowSource

  public init(_ source: any TenantRowSource) { self.source = source }

  /// Lets soft deletes of mails of one tenant delete the copies of their senders too; refuses all
  /// where one has none.
  public func addCopies(to requests: [ActionRequest]) throws -> [ActionRequest] {
    guard let tenant = requests.first?.tenant else { return requests }
    let mails = try EnvironmentLearning(source, tenant)
      .mails(requests.compactMap { $0.target["networkMessageId"] })
    let known = Dictionary(
      mails.map { ([$0.message.lowercased(), $0.recipient.lowercased()], $0) },
      uniquingKeysWith: { first, _ in first }
    )
    return try requests.map { request in
      var request = request
      let key = ["networkMessageId", "recipientEmailAddress"]
        .compactMap { request.target[$0]?.lowercased() }
      guard let mail = known[key] else {
        throw ResponseFailure(
          "the sender's copy of \(request.target) is not deleted: no row of EmailEvents in "
            + "'\(tenant)' tells of the mail"
        )
      }
      let copy = try SendersCopy(
        of: "\(request.target)",
        sender: mail.sender,
        direction: mail.direction
      )
      try request.alsoDelete(copy)
      return request
    }
  }
}
