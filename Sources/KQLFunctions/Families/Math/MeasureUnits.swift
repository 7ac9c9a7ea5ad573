/// The units of one quantity: what one of each is in a base unit.
///
/// The factors are the definitions of the units, by international agreement or, where these
/// differ, those of the open UnitsNet tables that Kusto names its units after.
struct MeasureUnits {
  let factors: [String: Double]

  /// A value in another unit; nil where a unit is unknown.
  func convert(_ value: Double, from: String, to: String) -> Double? {
    guard let source = factors[from], let target = factors[to] else { return nil }
    return value * source / target
  }

  /// In radians.
  static let angle = MeasureUnits(factors: [
    "Radian": 1, "Deciradian": 1e-1, "Centiradian": 1e-2, "Milliradian": 1e-3,
    "Microradian": 1e-6, "Nanoradian": 1e-9, "Degree": Double.pi / 180,
    "Millidegree": Double.pi / 180e3, "Microdegree": Double.pi / 180e6,
    "Nanodegree": Double.pi / 180e9, "Arcminute": Double.pi / 10_800,
    "Arcsecond": Double.pi / 648_000, "Gradian": Double.pi / 200,
    "NatoMil": Double.pi / 3_200, "Revolution": 2 * Double.pi, "Tilt": 1.570_796_326_794_896_6,
  ])

  /// In joules.
  static let energy: MeasureUnits = {
    let thermalUnit = 1_055.055_852_62
    return MeasureUnits(factors: [
      "Joule": 1, "Millijoule": 1e-3, "Kilojoule": 1e3, "Megajoule": 1e6, "Gigajoule": 1e9,
      "Erg": 1e-7, "Calorie": 4.184, "Kilocalorie": 4.184e3, "Megacalorie": 4.184e6,
      "ElectronVolt": 1.602_176_565e-19, "KiloelectronVolt": 1.602_176_565e-16,
      "MegaelectronVolt": 1.602_176_565e-13, "GigaelectronVolt": 1.602_176_565e-10,
      "TeraelectronVolt": 1.602_176_565e-7, "FootPound": 1.355_817_948,
      "HorsepowerHour": 2.684_519_537_696_172_792e6, "BritishThermalUnit": thermalUnit,
      "KilobritishThermalUnit": thermalUnit * 1e3, "MegabritishThermalUnit": thermalUnit * 1e6,
      "GigabritishThermalUnit": thermalUnit * 1e9, "WattHour": 3.6e3, "KilowattHour": 3.6e6,
      "MegawattHour": 3.6e9, "GigawattHour": 3.6e12, "TerawattHour": 3.6e15,
      "WattDay": 8.64e4, "KilowattDay": 8.64e7, "MegawattDay": 8.64e10,
      "GigawattDay": 8.64e13, "TerawattDay": 8.64e16, "ThermEc": thermalUnit * 1e5,
      "DecathermEc": thermalUnit * 1e6, "ThermImperial": 1.055_055_852_573_48e8,
      "DecathermImperial": 1.055_055_852_573_48e9, "ThermUs": 1.054_804e8,
      "DecathermUs": 1.054_804e9,
    ])
  }()

  /// In newtons.
  static let force = MeasureUnits(factors: [
    "Newton": 1, "Decanewton": 10, "Kilonewton": 1e3, "Meganewton": 1e6, "Millinewton": 1e-3,
    "Micronewton": 1e-6, "Dyn": 1e-5, "KilogramForce": 9.806_65, "KiloPond": 9.806_65,
    "TonneForce": 9_806.65, "PoundForce": 4.448_221_615_260_5,
    "KilopoundForce": 4_448.221_615_260_5, "OunceForce": 4.448_221_615_260_5 / 16,
    "Poundal": 0.138_254_954_376, "ShortTonForce": 8_896.443_230_521,
  ])

  /// In kilograms.
  static let mass: MeasureUnits = {
    let pound = 0.453_592_37
    return MeasureUnits(factors: [
      "Kilogram": 1, "Gram": 1e-3, "Centigram": 1e-5, "Decagram": 1e-2, "Decigram": 1e-4,
      "Hectogram": 1e-1, "Milligram": 1e-6, "Microgram": 1e-9, "Nanogram": 1e-12,
      "Tonne": 1e3, "Kilotonne": 1e6, "Megatonne": 1e9, "Pound": pound,
      "Kilopound": pound * 1e3, "Megapound": pound * 1e6, "Ounce": pound / 16,
      "Grain": pound / 7_000, "Stone": pound * 14, "ShortHundredweight": pound * 100,
      "LongHundredweight": pound * 112, "ShortTon": pound * 2_000, "LongTon": pound * 2_240,
      "Slug": 14.593_902_937_206_36, "EarthMass": 5.972_2e24, "SolarMass": 1.988_47e30,
    ])
  }()

  /// In meters.
  static let length: MeasureUnits = {
    let inch = 0.0254
    let lightYear = 9.460_730_472_580_8e15
    let parsec = 3.085_677_581_28e16
    return MeasureUnits(factors: [
      "Meter": 1, "Decimeter": 1e-1, "Centimeter": 1e-2, "Millimeter": 1e-3,
      "Micrometer": 1e-6, "Nanometer": 1e-9, "Angstrom": 1e-10, "Decameter": 10,
      "Hectometer": 100, "Kilometer": 1e3, "Inch": inch, "Microinch": inch * 1e-6,
      "Mil": inch * 1e-3, "Hand": inch * 4, "Foot": inch * 12, "Yard": inch * 36,
      "Fathom": inch * 72, "Chain": inch * 792, "Shackle": inch * 1_080,
      "Mile": inch * 63_360, "DataMile": inch * 72_000, "NauticalMile": 1_852,
      "UsSurveyFoot": 1_200.0 / 3_937, "DtpPica": inch / 6, "DtpPoint": inch / 72,
      "PrinterPica": inch / 6.022_5, "PrinterPoint": inch / 72.27, "Twip": inch / 1_440,
      "AstronomicalUnit": 1.495_978_707e11, "SolarRadius": 6.955_1e8, "LightYear": lightYear,
      "KilolightYear": lightYear * 1e3, "MegalightYear": lightYear * 1e6, "Parsec": parsec,
      "Kiloparsec": parsec * 1e3, "Megaparsec": parsec * 1e6,
    ])
  }()

  /// In meters a second: lengths a second, minute or hour.
  static let speed: MeasureUnits = {
    var factors = ["Knot": 1_852.0 / 3_600]
    for unit in [
      "Nanometer", "Micrometer", "Millimeter", "Centimeter", "Decimeter", "Meter", "Kilometer",
      "Inch", "Foot", "Yard", "Mile", "UsSurveyFoot",
    ] {
      let one = length.factors[unit] ?? .nan
      factors[unit + "PerSecond"] = one
      factors[unit + "PerMinute"] = one / 60
      factors[unit + "PerHour"] = one / 3_600
    }
    return MeasureUnits(factors: factors)
  }()

  /// In cubic meters.
  static let volume: MeasureUnits = {
    let foot = 0.028_316_846_592
    let gallon = 0.003_785_411_784
    let imperialGallon = 0.004_546_09
    return MeasureUnits(factors: [
      "CubicMeter": 1, "CubicDecimeter": 1e-3, "CubicCentimeter": 1e-6,
      "CubicMillimeter": 1e-9, "CubicMicrometer": 1e-18, "CubicHectometer": 1e6,
      "CubicKilometer": 1e9, "HectocubicMeter": 100, "KilocubicMeter": 1e3, "Liter": 1e-3,
      "Deciliter": 1e-4, "Centiliter": 1e-5, "Milliliter": 1e-6, "Microliter": 1e-9,
      "Decaliter": 1e-2, "Hectoliter": 0.1, "Kiloliter": 1, "Megaliter": 1e3,
      "CubicInch": foot / 1_728, "CubicFoot": foot, "HectocubicFoot": foot * 100,
      "KilocubicFoot": foot * 1e3, "MegacubicFoot": foot * 1e6, "CubicYard": foot * 27,
      "CubicMile": foot * 147_197_952_000, "AcreFoot": foot * 43_560, "BoardFoot": foot / 12,
      "UsGallon": gallon, "DeciusGallon": gallon / 10, "DecausGallon": gallon * 10,
      "HectousGallon": gallon * 100, "KilousGallon": gallon * 1e3, "MegausGallon": gallon * 1e6,
      "UsQuart": gallon / 4, "UsPint": gallon / 8, "UsOunce": gallon / 128,
      "UsTablespoon": gallon / 256, "UsTeaspoon": gallon / 768,
      "UsCustomaryCup": gallon / 16, "UsLegalCup": 2.4e-4, "UsBeerBarrel": gallon * 31,
      "OilBarrel": gallon * 42, "ImperialGallon": imperialGallon,
      "KiloimperialGallon": imperialGallon * 1e3, "MegaimperialGallon": imperialGallon * 1e6,
      "ImperialPint": imperialGallon / 8, "ImperialOunce": imperialGallon / 160,
      "ImperialBeerBarrel": imperialGallon * 36, "MetricCup": 2.5e-4, "MetricTeaspoon": 5e-6,
      "AuTablespoon": 2e-5, "UkTablespoon": 1.5e-5,
    ])
  }()
}

/// The units of temperature, which differ in their zeros too.
enum TemperatureUnits {
  /// A temperature in another unit; nil where a unit is unknown.
  static func convert(_ value: Double, from: String, to: String) -> Double? {
    guard let source = scales[from], let target = scales[to] else { return nil }
    let kelvin = (value - source.zero) * source.degree + source.kelvin
    return (kelvin - target.kelvin) / target.degree + target.zero
  }

  /// At `zero` degrees, each `degree` kelvins wide, it is `kelvin`.
  private struct Scale {
    let degree: Double
    let zero: Double
    let kelvin: Double
  }

  private static let scales: [String: Scale] = [
    "Kelvin": Scale(degree: 1, zero: 0, kelvin: 0),
    "DegreeCelsius": Scale(degree: 1, zero: 0, kelvin: 273.15),
    "MillidegreeCelsius": Scale(degree: 1e-3, zero: 0, kelvin: 273.15),
    "DegreeFahrenheit": Scale(degree: 5.0 / 9, zero: 32, kelvin: 273.15),
    "DegreeRankine": Scale(degree: 5.0 / 9, zero: 0, kelvin: 0),
    "DegreeReaumur": Scale(degree: 1.25, zero: 0, kelvin: 273.15),
    "DegreeRoemer": Scale(degree: 40.0 / 21, zero: 7.5, kelvin: 273.15),
    "DegreeNewton": Scale(degree: 100.0 / 33, zero: 0, kelvin: 273.15),
    "DegreeDelisle": Scale(degree: -2.0 / 3, zero: 0, kelvin: 373.15),
    "SolarTemperature": Scale(degree: 5_778, zero: 0, kelvin: 0),
  ]
}
