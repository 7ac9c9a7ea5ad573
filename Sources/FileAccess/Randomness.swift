import Synchronization

/// The door to chance: no other code draws random numbers.
public protocol Randomness: Sendable {
  /// Draws 64 random bits.
  func nextUInt64() -> UInt64
}

extension Randomness {
  /// Draws a number from 0 up to, not including, 1.
  public func nextUnitReal() -> Double {
    Double(nextUInt64() >> 11) * 0x1p-53
  }
}

/// The random numbers of the operating system.
public struct SystemRandomness: Randomness {
  public init() {}

  public func nextUInt64() -> UInt64 {
    var generator = SystemRandomNumberGenerator()
    return generator.next()
  }
}

/// Numbers that follow from a seed (SplitMix64), for tests and repeatable runs.
public final class SeededRandomness: Randomness {
  private let state: Atomic<UInt64>

  public init(seed: UInt64) {
    state = Atomic(seed)
  }

  public func nextUInt64() -> UInt64 {
    let drawn = state.wrappingAdd(0x9E37_79B9_7F4A_7C15, ordering: .relaxed).newValue
    var mixed = (drawn ^ (drawn >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
