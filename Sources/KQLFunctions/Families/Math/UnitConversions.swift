import Columnar

extension ScalarFunction {
  /// Conversions between units of measure.
  static let unitFamily: [ScalarFunction] = [
    convertAngle, convertEnergy, convertForce, convertLength, convertMass, convertSpeed,
    convertTemperature, convertVolume,
  ]

  static let convertAngle = ScalarFunction(
    "convert_angle",
    "value:real from=convert_angle to=convert_angle",
    "Converts an angle from one unit to another; null where a unit is unknown.",
    examples: [
      Example("print round(convert_angle(1.2, 'Degree', 'Arcminute'), 6)", "72.0"),
      Example("print convert_angle(1.0, 'Degree', 'Nothing')", "null"),
    ],
    kernels: [
      .map { (value: Double, from: TextView, to: TextView) -> Double? in
        MeasureUnits.angle.convert(value, from: from.unit, to: to.unit)
      }
    ]
  )

  static let convertEnergy = ScalarFunction(
    "convert_energy",
    "value:real from=convert_energy to=convert_energy",
    "Converts an energy from one unit to another; null where a unit is unknown.",
    examples: [
      Example("print round(convert_energy(1.5, 'Kilojoule', 'Joule'), 6)", "1500.0"),
      Example("print convert_energy(1.0, 'Kilojoule', 'Nothing')", "null"),
    ],
    kernels: [
      .map { (value: Double, from: TextView, to: TextView) -> Double? in
        MeasureUnits.energy.convert(value, from: from.unit, to: to.unit)
      }
    ]
  )

  static let convertForce = ScalarFunction(
    "convert_force",
    "value:real from=convert_force to=convert_force",
    "Converts a force from one unit to another; null where a unit is unknown.",
    examples: [
      Example("print round(convert_force(15, 'Newton', 'Decanewton'), 6)", "1.5"),
      Example("print convert_force(1.0, 'Newton', 'Nothing')", "null"),
    ],
    kernels: [
      .map { (value: Double, from: TextView, to: TextView) -> Double? in
        MeasureUnits.force.convert(value, from: from.unit, to: to.unit)
      }
    ]
  )

  static let convertLength = ScalarFunction(
    "convert_length",
    "value:real from=convert_length to=convert_length",
    "Converts a length from one unit to another; null where a unit is unknown.",
    examples: [
      Example("print round(convert_length(1.5, 'Kilometer', 'Meter'), 6)", "1500.0"),
      Example("print convert_length(1.0, 'Kilometer', 'Nothing')", "null"),
    ],
    kernels: [
      .map { (value: Double, from: TextView, to: TextView) -> Double? in
        MeasureUnits.length.convert(value, from: from.unit, to: to.unit)
      }
    ]
  )

  static let convertMass = ScalarFunction(
    "convert_mass",
    "value:real from=convert_mass to=convert_mass",
    "Converts a mass from one unit to another; null where a unit is unknown.",
    examples: [
      Example("print round(convert_mass(1.5, 'Tonne', 'Kilogram'), 6)", "1500.0"),
      Example("print convert_mass(1.0, 'Tonne', 'Nothing')", "null"),
    ],
    kernels: [
      .map { (value: Double, from: TextView, to: TextView) -> Double? in
        MeasureUnits.mass.convert(value, from: from.unit, to: to.unit)
      }
    ]
  )

  static let convertSpeed = ScalarFunction(
    "convert_speed",
    "value:real from=convert_speed to=convert_speed",
    "Converts a speed from one unit to another; null where a unit is unknown.",
    examples: [
      Example(
        "print round(convert_speed(1.2, 'MeterPerSecond', 'CentimeterPerHour'), 6)",
        "432000.0"
      ),
      Example("print convert_speed(1.0, 'MeterPerSecond', 'Nothing')", "null"),
    ],
    kernels: [
      .map { (value: Double, from: TextView, to: TextView) -> Double? in
        MeasureUnits.speed.convert(value, from: from.unit, to: to.unit)
      }
    ]
  )

  static let convertTemperature = ScalarFunction(
    "convert_temperature",
    "value:real from=convert_temperature to=convert_temperature",
    "Converts a temperature from one unit to another; null where a unit is unknown.",
    examples: [
      Example("print round(convert_temperature(300.15, 'Kelvin', 'DegreeCelsius'), 6)", "27.0"),
      Example("print convert_temperature(1.0, 'Kelvin', 'Nothing')", "null"),
    ],
    kernels: [
      .map { (value: Double, from: TextView, to: TextView) -> Double? in
        TemperatureUnits.convert(value, from: from.unit, to: to.unit)
      }
    ]
  )

  static let convertVolume = ScalarFunction(
    "convert_volume",
    "value:real from=convert_volume to=convert_volume",
    "Converts a volume from one unit to another; null where a unit is unknown.",
    examples: [
      Example("print round(convert_volume(1.5, 'CubicMeter', 'Liter'), 6)", "1500.0"),
      Example("print convert_volume(1.0, 'CubicMeter', 'Nothing')", "null"),
    ],
    kernels: [
      .map { (value: Double, from: TextView, to: TextView) -> Double? in
        MeasureUnits.volume.convert(value, from: from.unit, to: to.unit)
      }
    ]
  )
}

extension TextView {
  /// The name of a unit.
  fileprivate var unit: String { String(decoding: buffer, as: UTF8.self) }
}
