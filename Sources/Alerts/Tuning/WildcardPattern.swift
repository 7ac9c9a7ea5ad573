/// A text in which `*` stands for any characters and `?` for one, in any letter case.
public struct WildcardPattern: Sendable, Equatable {
  public let text: String
  private let pieces: [Unicode.Scalar]

  public init(_ text: String) {
    self.text = text
    pieces = Array(text.lowercased().unicodeScalars)
  }

  /// Whether a whole text is meant; takes no more steps than the product of both lengths.
  public func matches(_ other: String) -> Bool {
    let scalars = Array(other.lowercased().unicodeScalars)
    var place = 0
    var piece = 0
    /// Where the last `*` is, and how far it reaches.
    var star: (piece: Int, place: Int)?
    while place < scalars.count {
      if piece < pieces.count, pieces[piece] == "*" {
        star = (piece, place)
        piece += 1
      } else if piece < pieces.count, pieces[piece] == "?" || pieces[piece] == scalars[place] {
        piece += 1
        place += 1
      } else if let last = star {
        star = (last.piece, last.place + 1)
        piece = last.piece + 1
        place = last.place + 1
      } else {
        return false
      }
    }
    return pieces[piece...].allSatisfy { $0 == "*" }
  }
}
