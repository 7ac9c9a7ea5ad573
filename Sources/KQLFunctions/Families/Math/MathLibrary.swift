#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The functions of the platform's mathematical library, under plain names.
enum MathLibrary {
  static func exponential(_ x: Double) -> Double { exp(x) }
  static func power(_ base: Double, _ exponent: Double) -> Double { pow(base, exponent) }
  static func logarithm(_ x: Double) -> Double { log(x) }
  static func logarithm2(_ x: Double) -> Double { log2(x) }
  static func logarithm10(_ x: Double) -> Double { log10(x) }
  static func sine(_ x: Double) -> Double { sin(x) }
  static func cosine(_ x: Double) -> Double { cos(x) }
  static func tangent(_ x: Double) -> Double { tan(x) }
  static func arcSine(_ x: Double) -> Double { asin(x) }
  static func arcCosine(_ x: Double) -> Double { acos(x) }
  static func arcTangent(_ x: Double) -> Double { atan(x) }
  static func arcTangent(_ y: Double, _ x: Double) -> Double { atan2(y, x) }
  static func gamma(_ x: Double) -> Double { tgamma(x) }
  static func logGamma(_ x: Double) -> Double { lgamma(x) }
  static func errorFunction(_ x: Double) -> Double { erf(x) }
  static func complementaryErrorFunction(_ x: Double) -> Double { erfc(x) }
}
