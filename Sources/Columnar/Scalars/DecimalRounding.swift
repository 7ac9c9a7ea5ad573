extension Decimal128 {
  /// How digits are dropped.
  @frozen
  public enum RoundingRule: Sendable {
    /// Toward the closest number, ties away from zero.
    case halfAwayFromZero
    case towardZero, down, up
  }

  /// The number rounded to `places` digits behind the point; a negative count rounds before it.
  public func rounded(places: Int = 0, _ rule: RoundingRule = .halfAwayFromZero) -> Decimal128 {
    let dropped = -places &- exponent
    guard dropped > 0, !isZero else { return self }
    let power = min(dropped, Self.digits &+ 1)
    let unit = DecimalWide.powers[power]
    var (quotient, rest) = coefficient.quotientAndRemainder(dividingBy: unit)
    let movesAway: Bool
    switch rule {
    case .halfAwayFromZero: movesAway = rest >= unit / 2
    case .towardZero: movesAway = false
    case .down: movesAway = isNegative && rest != 0
    case .up: movesAway = !isNegative && rest != 0
    }
    if movesAway { quotient &+= 1 }
    let target = max(Self.minimumExponent, min(exponent &+ dropped, Self.maximumExponent))
    return Decimal128(
      isNegative: isNegative && quotient != 0,
      coefficient: quotient,
      exponent: target
    )
  }
}
