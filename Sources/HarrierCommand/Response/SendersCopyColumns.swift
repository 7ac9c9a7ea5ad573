import Columnar
import Response

/// The columns of a result that tell whose copy of a mail may be deleted, as in Defender's advanced
/// hunting: rows are of mail events, with their direction and sender.
struct SendersCopyColumns {
  private static let direction = "EmailDirection"
  private static let sender = "SenderFromAddress"
  private static let tables = ["EmailEvents", "EmailPostDeliveryEvents"]

  private let directionIndex: Int
  private let senderIndex: Int

  /// Refuses queries that read no mail events.
  static func require(tables read: Set<String>) throws(ResponseFailure) {
    if !read.isDisjoint(with: tables) { return }
    throw ResponseFailure(
      "--senders-copy needs rows of \(tables.joined(separator: " or ")); the query reads none"
    )
  }

  /// Refuses results without the columns.
  init(_ names: [String]) throws(ResponseFailure) {
    guard let direction = names.firstIndex(of: Self.direction),
      let sender = names.firstIndex(of: Self.sender)
    else {
      throw ResponseFailure(
        "--senders-copy needs the columns \(Self.direction) and \(Self.sender)"
      )
    }
    directionIndex = direction
    senderIndex = sender
  }

  /// The copy that a row tells of; refuses rows whose sender is somebody else's.
  func copy(_ row: [Scalar], of target: ActionTarget) throws(ResponseFailure) -> SendersCopy {
    try SendersCopy(
      of: "\(target)",
      sender: TargetColumns.text(row[senderIndex]) ?? "",
      direction: TargetColumns.text(row[directionIndex]) ?? ""
    )
  }
}
