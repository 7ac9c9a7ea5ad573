public import SourceText

/// How bad a finding is, which is another thing than how bad the alerts of a rule are.
public typealias FindingSeverity = Severity
