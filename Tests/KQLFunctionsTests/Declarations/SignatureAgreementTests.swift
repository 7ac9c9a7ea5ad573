import Columnar
import KQLFunctions
import Testing

/// Holds what is declared against the official signatures: names, parameter types, result types.
struct SignatureAgreementTests {
  /// Functions that only bound plans name, so that no query can.
  private static let internalNames: Set<String> = ["Member", "Element"]

  @Test func everyDeclaredNameIsOfficial() {
    for function in FunctionCatalog.scalarFunctions
    where !Self.internalNames.contains(function.name) {
      for name in [function.name] + function.aliases where symbol(name) == nil {
        Issue.record("\(name) is no official function or operator")
      }
    }
    for aggregate in FunctionCatalog.aggregateFunctions {
      for name in [aggregate.name] + aggregate.aliases
      where OfficialSymbols.aggregate(name) == nil {
        Issue.record("\(name) is no official aggregate")
      }
    }
  }

  @Test func everyDeclarationHasExamplesAndWords() {
    for function in FunctionCatalog.scalarFunctions {
      #expect(function.examples.count >= 2, "\(function.name)")
      #expect(!function.summary.isEmpty && !function.kernels.isEmpty, "\(function.name)")
    }
    for aggregate in FunctionCatalog.aggregateFunctions {
      #expect(aggregate.examples.count >= 2, "\(aggregate.name)")
      #expect(!aggregate.summary.isEmpty, "\(aggregate.name)")
    }
  }

  @Test func namesAreDeclaredOnce() {
    let scalars = FunctionCatalog.scalarFunctions.flatMap { [$0.name] + $0.aliases }
    let aggregates = FunctionCatalog.aggregateFunctions.flatMap { [$0.name] + $0.aliases }
    #expect(Set(scalars).count == scalars.count, "\(repeated(scalars))")
    #expect(Set(aggregates).count == aggregates.count, "\(repeated(aggregates))")
  }

  @Test func kernelsTakeAndGiveOfficialTypes() {
    for function in FunctionCatalog.scalarFunctions
    where !Self.internalNames.contains(function.name) {
      guard let symbol = symbol(function.name) else { continue }
      for (index, kernel) in function.kernels.enumerated() {
        for problem in KernelAgreement(symbol: symbol, kernel: kernel).problems() {
          Issue.record("\(function.name), kernel \(index): \(problem)")
        }
      }
    }
  }

  private func symbol(_ name: String) -> FunctionSymbol? {
    OfficialSymbols.function(name) ?? OfficialSymbols.operator(name)
  }

  private func repeated(_ names: [String]) -> [String] {
    Dictionary(grouping: names) { $0 }.filter { $0.value.count > 1 }.keys.sorted()
  }
}
