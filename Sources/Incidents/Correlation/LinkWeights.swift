import Glibc

/// How much each thing that alerts share says that they are of one attack.
///
/// The numbers were chosen on generated attacks of two families (`Benchmarks/Grouping`, tuning);
/// others, that were never looked at, are reported beside them.
enum LinkWeights {
  static func of(_ kind: CorrelationKey.Kind) -> Double {
    switch kind {
    case .mail: 1.1
    case .application: 1.1
    case .campaign: 1.8
    case .url: 1.2
    case .file: 1
    case .address: 0.7
    case .sender: 0.2
    case .domain: 0.6
    case .user: 0.35
    case .device: 0.35
    }
  }

  /// The share of a weight that is left of what is routine.
  static let routine = 0.0

  /// Alerts that are as many hours apart are not looked at.
  static func hours(of kind: CorrelationKey.Kind) -> Int64 { kind.isAsset ? 240 : 336 }

  /// After as many hours, users and devices say half as much.
  static let assetHours = 24.0
  /// After as many hours, all else that is shared says half as much.
  static let artefactHours = 48.0
  /// After as many hours, what alerts are says half as much.
  static let contextHours = 60.0

  /// A later alert is of a later stage.
  static let sequence = 0.3
  /// Two products saw something.
  static let services = 0.2
  /// Both are of medium severity at least.
  static let severe = 0.3
  /// The same alert again.
  static let repeated = 0.05

  /// From here on two alerts are linked, so that neither a user nor a device alone ever does it.
  static let threshold = 0.9
  /// From here on an alert brings two incidents together.
  static let mergeThreshold = 0.9
  /// From here on further alerts of an incident support a link to it.
  static let support = 0.6
  /// The share that a further alert adds, of at most two.
  static let pooling = 0.0
  /// What as many incidents of its time share says nothing.
  static let glueLimit = 8

  /// The share of a weight that is left after some hours.
  static func decay(_ hours: Double, _ halfLife: Double) -> Double { exp2(-hours / halfLife) }
}
