/// The copy of a mail in the mailbox of its sender, which a soft delete may delete as well.
public struct SendersCopy: Sendable, Equatable {
  public let sender: String
  /// As mail events write it.
  public let direction: String

  /// - Parameter mail: what a refusal names the mail by.
  public init(
    of mail: String,
    sender: String,
    direction: String
  ) throws(ResponseFailure) {
    if let why = Self.refusal(direction) {
      throw ResponseFailure("the sender's copy of \(mail) is not deleted: \(why)")
    }
    if sender.isEmpty {
      throw ResponseFailure(
        "the sender's copy of \(mail) is not deleted: its SenderFromAddress is empty"
      )
    }
    self.sender = sender
    self.direction = direction
  }

  /// Whether mails of a direction have their sender in the organization, and a copy there.
  static func exists(_ direction: String) -> Bool {
    ["intraorg", "outbound"].contains(direction.lowercased().filter(\.isLetter))
  }

  /// Why mails of a direction have no such copy.
  static func refusal(_ direction: String) -> String? {
    if exists(direction) { return nil }
    let found = direction.isEmpty ? "its EmailDirection is empty" : "the mail is \(direction)"
    return found + "; only Intra-org and Outbound mails have their sender here"
  }

  /// The parameter of an action that deletes it, in Graph's words.
  static let asked = "remediateSendersCopy"
  /// The parameter of an action that brings it back.
  static let restored = "restoreSendersCopy"
  static let senderName = "senderFromAddress"
  static let directionName = "emailDirection"

  /// The parameters that nobody gives by name.
  public static let parameterNames: Set<String> = [asked, restored, senderName, directionName]
}

extension ActionRequest {
  /// Lets a soft delete delete the copy of the sender too.
  public mutating func alsoDelete(_ copy: SendersCopy) throws(ResponseFailure) {
    guard kind == .softDelete else {
      throw ResponseFailure("only softDelete deletes the sender's copy, not \(kind.rawValue)")
    }
    parameters[SendersCopy.asked] = "true"
    parameters[SendersCopy.senderName] = copy.sender
    parameters[SendersCopy.directionName] = copy.direction
  }

  /// Lets what takes an action back bring the copy of the sender back too.
  mutating func alsoRestoreCopy(deletedBy action: ActionRecord) {
    parameters[SendersCopy.restored] = "true"
    parameters[SendersCopy.senderName] = action.parameters[SendersCopy.senderName]
  }
}
