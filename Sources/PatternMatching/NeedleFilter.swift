import CSIMD

/// Chooses the two bytes of a needle that a SIMD pass looks for.
///
/// The rarer the bytes, the fewer places have to be compared in full; the order of rarity is that
/// of command lines, paths and addresses.
struct NeedleFilter: Sendable {
  /// What the pass looks for.
  var pair: csimd_pair
  /// Where the first byte of the pair lies in the needle.
  var offset: Int
  /// The fewest bytes that a match takes: no place nearer to the end of a text is looked at.
  var minimumLength: Int
  /// True where no two bytes start all forms of the needle, so that every place is compared.
  var passesEverywhere = false

  /// Filters for bytes that are compared as they are.
  init(exact bytes: [UInt8]) {
    self.init(bytes[...], bothCases: false)
  }

  /// Filters for lowered ASCII bytes that match in both cases.
  init(lowered bytes: ArraySlice<UInt8>) {
    self.init(bytes, bothCases: true)
  }

  /// Filters for code points of which any other with the same fold matches too.
  init(folding scalars: [UInt32]) {
    let ascii = scalars.prefix { $0 < 0x80 }
    if ascii.count >= 2 {
      let lowered = ascii.map { UInt8(truncatingIfNeeded: CaseMapping.lower($0)) }
      self.init(lowered[...], bothCases: true)
    } else {
      self.init(forms: scalars.first.map(Self.encodedVariants) ?? [])
    }
  }

  /// Filters for texts that start with any of some encoded code points.
  private init(forms: [[UInt8]]) {
    offset = 0
    minimumLength = 1
    pair = csimd_pair(first: 0, first_other: 0, second: 0, second_other: 0, distance: 0)
    let leads = Set(forms.compactMap(\.first)).sorted()
    guard let first = leads.first, let last = leads.last, leads.count <= 2 else {
      passesEverywhere = true
      return
    }
    pair = csimd_pair(
      first: first,
      first_other: last,
      second: first,
      second_other: last,
      distance: 0
    )
    let seconds = Set(forms.compactMap { $0.count > 1 ? $0[1] : nil }).sorted()
    let areAllWide = forms.allSatisfy { $0.count > 1 }
    if areAllWide, let low = seconds.first, let high = seconds.last, seconds.count <= 2 {
      pair.second = low
      pair.second_other = high
      pair.distance = 1
      minimumLength = 2
    }
  }

  private init(_ bytes: ArraySlice<UInt8>, bothCases: Bool) {
    let own = Array(bytes)
    minimumLength = own.count
    let order = own.indices.sorted { (weight(own[$0]), $0) < (weight(own[$1]), $1) }
    let rarest = order.first ?? 0
    let next = order.first { own[$0] != own.first(at: rarest) } ?? order.last ?? 0
    offset = min(rarest, next)
    let first = own.first(at: min(rarest, next))
    let second = own.first(at: max(rarest, next))
    pair = csimd_pair(
      first: first,
      first_other: bothCases ? raised(first) : first,
      second: second,
      second_other: bothCases ? raised(second) : second,
      distance: UInt32(truncatingIfNeeded: max(rarest, next) &- min(rarest, next))
    )
  }

  private static func encodedVariants(_ scalar: UInt32) -> [[UInt8]] {
    CaseMapping.variants(scalar).map { variant in
      var bytes: [UInt8] = []
      UTF8Scalar.append(variant, to: &bytes)
      return bytes
    }
  }
}

extension [UInt8] {
  /// The byte at an index, or 0 where there is none.
  fileprivate func first(at index: Int) -> UInt8 { indices.contains(index) ? self[index] : 0 }
}

private func raised(_ byte: UInt8) -> UInt8 { byte &- 0x61 < 26 ? byte & 0xDF : byte }

/// How common a byte is: the greater, the more places it would let pass.
private func weight(_ byte: UInt8) -> UInt8 { byteWeights[Int(byte)] }

private let byteWeights: [UInt8] = {
  // Most common first; what is not listed is rarer than all of these.
  let common = Array(
    " eiatsonrcldmpuxw.\\fhgbEC-/v0P1TSk2\":3y84I65MAD79RNF=OLWBUV_,GHXQKjYq;zJZ()'&%$@+#?!{}[]"
      .utf8
  )
  var weights = [UInt8](repeating: 0, count: 256)
  for (rank, byte) in common.enumerated() {
    weights[Int(byte)] = UInt8(truncatingIfNeeded: common.count - rank)
  }
  return weights
}()
