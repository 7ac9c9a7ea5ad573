import Columnar
import Hunting
import SourceText

/// Why a run of a rule failed, in the product's codes.
public struct RunFailure: Error, Sendable, Equatable {
  public enum Code: String, Sendable, CaseIterable {
    case queryExecutionFailed, queryExceededResultSize, queryLimitsExceeded, queryTimeout
    case alertCreationFailed, noImpactedEntity
  }

  public let code: Code
  public let reason: String
  /// Whether the same would fail again: then the rule is at fault, not the moment.
  public let isPermanent: Bool

  /// Whether a limit of time, memory or rows ended the query.
  public var hitsLimit: Bool {
    switch code {
    case .queryTimeout, .queryLimitsExceeded, .queryExceededResultSize: true
    case .queryExecutionFailed, .alertCreationFailed, .noImpactedEntity: false
    }
  }

  public init(_ code: Code, _ reason: String, isPermanent: Bool) {
    self.code = code
    self.reason = reason
    self.isPermanent = isPermanent
  }

  /// What a query ended with.
  init(_ error: any Error) {
    switch error {
    case let failure as RunFailure: self = failure
    case let rejection as QueryRejection: self.init(rejection, isPermanent: true)
    case let failure as QueryFailure: self.init(failure)
    default: self.init(.queryExecutionFailed, "\(error)", isPermanent: false)
    }
  }

  /// What is wrong with the text of a query.
  init(_ rejection: QueryRejection, isPermanent: Bool) {
    let first = rejection.diagnostics.first { $0.severity == .error }
    let reason = first.map { "\($0.code): \($0.message)" } ?? "the query has errors"
    self.init(.queryExecutionFailed, reason, isPermanent: isPermanent)
  }

  private init(_ failure: QueryFailure) {
    let reason = "\(failure)"
    switch failure.kind {
    case .memory, .rows: self.init(.queryLimitsExceeded, reason, isPermanent: false)
    case .timeout: self.init(.queryTimeout, reason, isPermanent: false)
    case .unsupported: self.init(.queryExecutionFailed, reason, isPermanent: true)
    case .cancelled, .evaluation, .steps, .input:
      self.init(.queryExecutionFailed, reason, isPermanent: false)
    }
  }
}
