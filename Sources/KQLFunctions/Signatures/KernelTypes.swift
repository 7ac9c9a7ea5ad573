import Columnar

/// What a parameter accepts.
struct AcceptedTypes {
  let kind: FunctionParameter.Kind
  let types: [ScalarType]
  let isTypeLiteral: Bool

  init(_ kind: FunctionParameter.Kind, _ types: [ScalarType] = [], isTypeLiteral: Bool = false) {
    self.kind = kind
    self.types = types
    self.isTypeLiteral = isTypeLiteral
  }
}

/// Tells what a function accepts and gives from the types of its kernels.
///
/// An integer is converted to a `long` and any number to a `real` without loss of meaning, so such
/// kernels accept all integers or numbers.
struct KernelTypes {
  private let kernels: [ScalarKernel]

  init(_ kernels: [ScalarKernel]) { self.kernels = kernels }

  /// The type that all kernels give; nil where they do not agree or leave it to the binder.
  var result: ScalarType? {
    let results = Set(kernels.map(\.result))
    return results.count == 1 ? results.first ?? nil : nil
  }

  /// What the kernels take in one place; nil where their types have no name in common.
  func accepted(at index: Int) -> AcceptedTypes? {
    var types: Set<ScalarType> = []
    for kernel in kernels {
      switch parameter(of: kernel, at: index) {
      case .any?: return AcceptedTypes(.scalar)
      case .type(let type)?: types.insert(type)
      case nil: continue
      }
    }
    if types.isEmpty { return nil }
    if types.isSubset(of: [.int, .long]) { return AcceptedTypes(.integer) }
    if types.isSubset(of: [.int, .long, .real, .decimal]) { return AcceptedTypes(.number) }
    if types == [.string, .dynamic] { return AcceptedTypes(.stringOrDynamic) }
    return types.count == 1 ? AcceptedTypes(.declared, Array(types)) : nil
  }

  private func parameter(of kernel: ScalarKernel, at index: Int) -> ScalarKernel.Parameter? {
    if index < kernel.parameters.count { return kernel.parameters[index] }
    return kernel.isVariadic ? kernel.parameters.last : nil
  }
}
