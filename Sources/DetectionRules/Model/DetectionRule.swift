public import Columnar
public import StructuredText

/// A rule of either product: a query that runs on a schedule and what its rows become.
public struct DetectionRule: Sendable {
  /// The product and the family of its format.
  public enum Kind: String, Sendable {
    /// A scheduled analytics rule of Microsoft Sentinel.
    case sentinelScheduled
    /// A near-real-time rule of Microsoft Sentinel.
    case sentinelNearRealTime
    /// A custom detection of Microsoft Defender XDR, as Graph's `detectionRule` has it.
    case customDetection

    public var isSentinel: Bool { self != .customDetection }
  }

  /// How the rows of a run become alerts.
  public enum Grouping: String, Sendable {
    case alertPerEvent, singleAlert
  }

  /// The near-real-time rules that a workspace of Sentinel takes.
  public static let mostNearRealTimeRules = 50
  /// The alerts that a run of one of them raises.
  public static let mostNearRealTimeAlerts = 30

  public var kind: Kind
  /// What identifies it for ever: the id that the file states, or else its name.
  public var id: String
  public var name: String
  /// The text of the rule's author; of Defender's rules that of the alert.
  public var description: Template
  public var title: Template
  public var recommendedActions: String?
  public var severity: Severity
  public var tactics: [Tactic]
  /// ATT&CK's numbers, such as `T1059.001`.
  public var techniques: [String]
  public var query: RuleQuery
  public var schedule: RuleSchedule
  public var trigger: Trigger = .anyRow
  public var grouping: Grouping = .alertPerEvent
  public var entities: [EntityMapping] = []
  public var customDetails: [CustomDetail] = []
  /// Columns that stand in for the rule's severity, tactics and other fields of the alert.
  public var overrides = AlertOverrides()
  /// How long the rule rests after an alert; nil for not at all.
  public var suppression: TimeSpan?
  public var incidents = IncidentSettings()
  public var actions: [ResponseAction] = []
  /// The device groups whose devices' events it sees; empty for all.
  public var deviceGroups: [String] = []
  public var isEnabled = true
  /// Where its parts are in the document.
  public var places: [RulePart: DocumentPlace] = [:]
  /// The mapping that it was read from, with all its keys.
  public var node = DocumentNode(.mapping([]))

  public init(
    kind: Kind,
    id: String,
    name: String,
    title: Template,
    description: Template,
    severity: Severity,
    tactics: [Tactic],
    techniques: [String],
    query: RuleQuery,
    schedule: RuleSchedule
  ) {
    self.kind = kind
    self.id = id
    self.name = name
    self.title = title
    self.description = description
    self.severity = severity
    self.tactics = tactics
    self.techniques = techniques
    self.query = query
    self.schedule = schedule
  }
}

/// A part of a rule that findings speak of.
public enum RulePart: String, Sendable, Hashable {
  case id, name, title, description, severity, tactics, techniques, query, frequency, lookback
  case triggerComparison, triggerThreshold, grouping, entities, customDetails, suppression
  case actions, severityColumn, tacticsColumn
}

/// A label of the alert's side pane and the column that gives its value.
public struct CustomDetail: Sendable, Equatable {
  /// The product's most details of a rule.
  public static let most = 20
  /// The product's most bytes of an alert's labels and values together.
  public static let mostBytes = 4_096

  public var label: String
  public var column: ColumnReference

  public init(_ label: String, _ column: ColumnReference) {
    self.label = label
    self.column = column
  }
}

/// Columns of the result that stand in for fields of the alert.
public struct AlertOverrides: Sendable, Equatable {
  public var severity: ColumnReference?
  public var tactics: ColumnReference?
  /// Further properties (`alertDynamicProperties`) and their columns.
  public var properties: [CustomDetail] = []

  public init() {}
}

/// What a rule says of the incidents that its alerts go to.
public struct IncidentSettings: Sendable, Equatable {
  /// Whether each alert stands in an incident of its own.
  public var isExcludedFromCorrelation = false
  /// Whether its alerts make incidents at all.
  public var createsIncidents = true
  /// How they are grouped, beside being correlated; nil where the rule does not ask for it.
  public var grouping: AlertGrouping?

  public init() {}
}
