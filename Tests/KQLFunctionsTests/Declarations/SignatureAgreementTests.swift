import Columnar
import KQLFunctions
import Testing

/// Holds what is declared against its kernels; `SymbolFileTests` holds it against the official
/// signatures.
struct SignatureAgreementTests {
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
    let windows = FunctionCatalog.windowFunctions
    #expect(repeatedNames([FunctionCatalog.scalarFunctions, windows]) == [])
    #expect(repeatedNames([FunctionCatalog.aggregateFunctions]) == [])
  }

  @Test func kernelsTakeAndGiveWhatTheSignatureSays() throws {
    for function in FunctionCatalog.scalarFunctions {
      let symbol = try #require(function.symbol, "\(function.name)")
      for (index, kernel) in function.kernels.enumerated() {
        for problem in KernelAgreement(symbol: symbol, kernel: kernel).problems() {
          Issue.record("\(function.name), kernel \(index): \(problem)")
        }
      }
    }
  }

  private func repeatedNames(_ functions: [[any FunctionDeclaration]]) -> [String] {
    let names = functions.joined().flatMap { [$0.name] + $0.aliases.map(\.name) }
    return Dictionary(grouping: names) { $0 }.filter { $0.value.count > 1 }.keys.sorted()
  }
}
