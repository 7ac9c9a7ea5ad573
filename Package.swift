// swift-tools-version: 6.2
import PackageDescription

/// Settings of every Swift target: strict language features, warnings are errors.
let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .treatAllWarnings(as: .error),
]

/// Settings of targets with hot loops: optimised in debug builds too, so that tests stay fast.
let kernel: [SwiftSetting] = strict + [.unsafeFlags(["-O"], .when(configuration: .debug))]

/// Releases hold Swift's libraries: a process starts in two thirds of the time, calls into them
/// need no table, and the program runs where no Swift is. Tests and debug builds load them.
let oneFile: [LinkerSetting] =
  [.unsafeFlags(["-static-stdlib"], .when(platforms: [.linux], configuration: .release))]
  + ["CoreFoundation", "_FoundationICU", "_FoundationCShims", "_FoundationCollections"].map {
    .linkedLibrary($0, .when(platforms: [.linux], configuration: .release))
  }

let argumentParser: Target.Dependency = .product(
  name: "ArgumentParser",
  package: "swift-argument-parser"
)

let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let sqlite: Target.Dependency = .product(name: "GRDBSQLite", package: "GRDB.swift")
let grdb: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")
let yams: Target.Dependency = .product(name: "Yams", package: "Yams")

let package = Package(
  name: "harrier",
  products: [
    .executable(name: "harrier", targets: ["HarrierTool"]),
    .executable(name: "harrier-benchmark", targets: ["InMemoryBenchmark"]),
    .executable(name: "harrier-kernels", targets: ["KernelBenchmark"]),
    .executable(name: "harrier-grouping", targets: ["GroupingBenchmark"]),
    .executable(name: "harrier-schedules", targets: ["ScheduleBenchmark"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
  ],
  targets: [
    // C libraries
    .systemLibrary(
      name: "CPCRE2",
      pkgConfig: "libpcre2-8",
      providers: [.apt(["libpcre2-dev"])]
    ),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CZstd", pkgConfig: "libzstd", providers: [.apt(["libzstd-dev"])]),
    .systemLibrary(name: "CXXHash", pkgConfig: "libxxhash", providers: [.apt(["libxxhash-dev"])]),
    .target(name: "CSIMD"),
    .target(name: "CSQLite", dependencies: [sqlite]),
    // Layer 0
    .target(name: "SourceText", swiftSettings: strict),
    .target(name: "Columnar", dependencies: ["CSIMD"], swiftSettings: kernel),
    .target(name: "FileAccess", dependencies: ["CZlib"], swiftSettings: strict),
    .target(name: "LineEditor", swiftSettings: strict),
    .target(name: "StructuredText", dependencies: [yams], swiftSettings: strict),
    .target(name: "PatternMatching", dependencies: ["CPCRE2", "CSIMD"], swiftSettings: kernel),
    // Layer 1
    .target(
      name: "Findings",
      dependencies: ["SourceText", "Columnar", "FileAccess"],
      swiftSettings: strict
    ),
    .target(name: "KQLSyntax", dependencies: ["SourceText"], swiftSettings: kernel),
    .target(
      name: "KQLFunctions",
      dependencies: ["Columnar", "PatternMatching", "CZlib", crypto],
      exclude: ["Signatures/generate.py"],
      swiftSettings: kernel
    ),
    .target(
      name: "Segments",
      dependencies: [
        "Columnar", "FileAccess", "PatternMatching", "CSIMD", "CZstd", "CXXHash",
      ],
      exclude: ["FORMAT.md"],
      swiftSettings: kernel
    ),
    .target(
      name: "Configuration",
      dependencies: ["FileAccess", "SourceText", "StructuredText"],
      swiftSettings: strict
    ),
    .target(
      name: "OperationalStore",
      dependencies: ["Columnar", "FileAccess", "CSQLite", grdb, sqlite],
      swiftSettings: strict
    ),
    .target(
      name: "AttackGeneration",
      dependencies: ["Columnar", "FileAccess", "StructuredText"],
      swiftSettings: kernel
    ),
    // Layer 2
    .target(
      name: "TableStore",
      dependencies: ["Columnar", "FileAccess", "CZlib", "OperationalStore", grdb],
      swiftSettings: strict
    ),
    .target(
      name: "Tenancy",
      dependencies: ["Columnar", "FileAccess", "OperationalStore", crypto, grdb],
      swiftSettings: strict
    ),
    .target(
      name: "DetectionRules",
      dependencies: ["Columnar", "StructuredText"],
      exclude: ["Attack/generate.py"],
      swiftSettings: strict
    ),
    .target(
      name: "QueryPlan",
      dependencies: ["SourceText", "Columnar"],
      swiftSettings: strict
    ),
    // Layer 3
    .target(
      name: "Alerts",
      dependencies: [
        "Columnar", "FileAccess", "StructuredText", "DetectionRules", "OperationalStore", grdb,
      ],
      swiftSettings: strict
    ),
    .target(
      name: "KQLBinding",
      dependencies: ["SourceText", "Columnar", "KQLSyntax", "KQLFunctions", "QueryPlan"],
      swiftSettings: strict
    ),
    .target(
      name: "Execution",
      dependencies: [
        "SourceText", "Columnar", "CSIMD", "FileAccess", "PatternMatching", "KQLFunctions",
        "Segments", "QueryPlan",
      ],
      swiftSettings: kernel
    ),
    // Layer 4
    .target(
      name: "Hunting",
      dependencies: [
        "SourceText", "Columnar", "FileAccess", "Findings", "KQLSyntax", "KQLFunctions",
        "QueryPlan", "KQLBinding", "Execution", "Segments", "OperationalStore", "TableStore",
        "Tenancy",
      ],
      exclude: ["Schemas/generate.py"],
      swiftSettings: kernel
    ),
    .target(
      name: "Linting",
      dependencies: [
        "SourceText", "Columnar", "Findings", "KQLSyntax", "QueryPlan", "KQLBinding",
      ],
      swiftSettings: kernel
    ),
    // Layer 5
    .target(
      name: "HuntingShell",
      dependencies: [
        "SourceText", "Columnar", "FileAccess", "LineEditor", "KQLSyntax", "KQLFunctions",
        "QueryPlan", "KQLBinding", "Execution", "Hunting", "Tenancy",
      ],
      swiftSettings: strict
    ),
    .target(
      name: "Detections",
      dependencies: [
        "SourceText", "Columnar", "FileAccess", "Findings", "StructuredText", "DetectionRules",
        "Alerts", "Execution", "QueryPlan", "Hunting", "OperationalStore", "TableStore", "Tenancy",
        crypto, grdb,
      ],
      swiftSettings: strict
    ),
    .target(
      name: "Incidents",
      dependencies: [
        "SourceText", "Columnar", "FileAccess", "Segments", "StructuredText", "DetectionRules",
        "Alerts", "Execution", "Hunting", "OperationalStore", "TableStore", "Tenancy", crypto, grdb,
      ],
      swiftSettings: strict
    ),
    .target(
      name: "RuleChecking",
      dependencies: [
        "SourceText", "Columnar", "Findings", "StructuredText", "KQLSyntax", "QueryPlan",
        "DetectionRules", "KQLBinding", "Hunting",
      ],
      swiftSettings: strict
    ),
    .target(
      name: "Fleet",
      dependencies: [
        "SourceText", "Columnar", "FileAccess", "Execution", "Hunting", "OperationalStore",
        "TableStore", "Tenancy",
      ],
      swiftSettings: strict
    ),
    // Layer 6
    .target(
      name: "Response",
      dependencies: [
        "SourceText", "Columnar", "FileAccess", "StructuredText", "DetectionRules", "Alerts",
        "Execution", "Hunting", "OperationalStore", "TableStore", "Tenancy", "Incidents", crypto,
        grdb,
      ],
      swiftSettings: strict
    ),
    // Layer 7
    .target(
      name: "HarrierCommand",
      dependencies: [
        "SourceText", "Columnar", "FileAccess", "Findings", "KQLSyntax", "KQLFunctions",
        "QueryPlan", "KQLBinding", "Execution", "Hunting", "Linting", "OperationalStore",
        "TableStore", "Tenancy", "LineEditor", "HuntingShell", "StructuredText",
        "DetectionRules", "Alerts", "Detections", "Incidents", "Response", "RuleChecking",
        "Fleet", "AttackGeneration", "Configuration", argumentParser,
      ],
      swiftSettings: strict
    ),
    // Layer 8
    .executableTarget(
      name: "HarrierTool",
      dependencies: ["HarrierCommand"],
      swiftSettings: strict,
      linkerSettings: oneFile
    ),
    // Benchmarks
    .executableTarget(
      name: "InMemoryBenchmark",
      dependencies: [
        "SourceText", "Columnar", "FileAccess", "Segments", "Execution", "Hunting", "TableStore",
        "Tenancy",
      ],
      path: "Benchmarks/InMemory",
      swiftSettings: strict
    ),
    .target(
      name: "KernelTwins",
      path: "Benchmarks/KernelTwins",
      cSettings: [.unsafeFlags(["-O3"])]
    ),
    .executableTarget(
      name: "KernelBenchmark",
      dependencies: [
        "KernelTwins", "Columnar", "FileAccess", "PatternMatching", "KQLFunctions", "Segments",
        "Execution", "Hunting",
      ],
      path: "Benchmarks/Kernels",
      exclude: ["thresholds.json"],
      swiftSettings: strict
    ),
    .executableTarget(
      name: "GroupingBenchmark",
      dependencies: [
        "AttackGeneration", "Columnar", "FileAccess", "Incidents", "OperationalStore",
        "StructuredText",
      ],
      path: "Benchmarks/Grouping",
      swiftSettings: strict
    ),
    .executableTarget(
      name: "ScheduleBenchmark",
      dependencies: ["Execution", "FileAccess", "ScheduleSimulation"],
      path: "Benchmarks/Schedules",
      swiftSettings: strict
    ),
    // Tests
    .testTarget(
      name: "AttackGenerationTests",
      dependencies: ["AttackGeneration", "Columnar", "FileAccess", "Hunting", "StructuredText"],
      swiftSettings: strict
    ),
    .testTarget(
      name: "StructuredTextTests",
      dependencies: ["StructuredText", "FileAccess"],
      swiftSettings: strict
    ),
    .testTarget(
      name: "DetectionRulesTests",
      dependencies: [
        "DetectionRules", "StructuredText", "Columnar", "FileAccess", "HarrierTesting",
      ],
      swiftSettings: strict
    ),
    .testTarget(
      name: "DetectionsTests",
      dependencies: [
        "Detections", "DetectionRules", "Alerts", "Incidents", "StructuredText", "Columnar",
        "FileAccess", "Execution", "Findings", "Hunting", "OperationalStore", "TableStore",
        "Tenancy", "HarrierTesting", "ScheduleSimulation", grdb,
      ],
      swiftSettings: strict
    ),
    .testTarget(
      name: "IncidentsTests",
      dependencies: [
        "SourceText", "Incidents", "Alerts", "DetectionRules", "StructuredText", "Columnar",
        "FileAccess",
        "Execution", "Hunting", "OperationalStore", "TableStore", "Tenancy", "HarrierTesting",
        grdb,
      ],
      swiftSettings: strict
    ),
    .testTarget(
      name: "ResponseTests",
      dependencies: [
        "Response", "Incidents", "Alerts", "DetectionRules", "Detections", "SourceText",
        "Columnar", "FileAccess", "Execution", "Hunting", "OperationalStore", "StructuredText",
        "TableStore", "Tenancy", "AttackGeneration", "HarrierTesting", grdb,
      ],
      swiftSettings: strict
    ),
    .testTarget(
      name: "RuleCheckingTests",
      dependencies: [
        "RuleChecking", "DetectionRules", "StructuredText", "Findings", "SourceText", "Columnar",
        "FileAccess", "Hunting", "QueryPlan", "KQLBinding",
      ],
      swiftSettings: strict
    ),
    .testTarget(
      name: "SegmentsTests",
      dependencies: ["Segments", "Columnar", "FileAccess", "PatternMatching", "CSIMD"],
      swiftSettings: strict
    ),
    .testTarget(name: "ColumnarTests", dependencies: ["Columnar"], swiftSettings: strict),
    .testTarget(
      name: "PatternMatchingTests",
      dependencies: ["PatternMatching", "CSIMD"],
      swiftSettings: kernel
    ),
    .testTarget(
      name: "KQLSyntaxTests",
      dependencies: ["SourceText", "KQLSyntax"],
      swiftSettings: strict
    ),
    .testTarget(
      name: "ExecutionTests",
      dependencies: [
        "SourceText", "Columnar", "FileAccess", "KQLFunctions", "QueryPlan", "Execution",
      ],
      swiftSettings: strict
    ),
    .testTarget(
      name: "FindingsTests",
      dependencies: ["Findings", "SourceText", "FileAccess"],
      swiftSettings: strict
    ),
    .testTarget(
      name: "GrammarTests",
      dependencies: ["SourceText", "KQLSyntax"],
      swiftSettings: kernel
    ),
    .testTarget(
      name: "KQLBindingTests",
      dependencies: ["SourceText", "Columnar", "KQLSyntax", "QueryPlan", "KQLBinding"],
      swiftSettings: strict
    ),
    .testTarget(
      name: "FileAccessTests",
      dependencies: ["FileAccess", "HarrierTesting"],
      swiftSettings: strict
    ),
    .testTarget(
      name: "ConfigurationTests",
      dependencies: ["Configuration", "FileAccess", "SourceText", "HarrierTesting"],
      swiftSettings: strict
    ),
    .testTarget(
      name: "HarrierCommandTests",
      dependencies: [
        "HarrierCommand", "AttackGeneration", "Configuration", "Columnar", "Detections",
        "Execution",
        "FileAccess", "Hunting", "Incidents", "OperationalStore", "Response", "SourceText",
        "StructuredText", "TableStore", "Tenancy", "HarrierTesting", argumentParser,
      ],
      swiftSettings: strict
    ),
    .testTarget(name: "LineEditorTests", dependencies: ["LineEditor"], swiftSettings: strict),
    .testTarget(
      name: "OperationalStoreTests",
      dependencies: ["OperationalStore", "FileAccess", "HarrierTesting", grdb],
      swiftSettings: strict
    ),
    .testTarget(
      name: "TableStoreTests",
      dependencies: ["TableStore", "OperationalStore", "FileAccess", "Columnar", "HarrierTesting"],
      swiftSettings: strict
    ),
    .testTarget(
      name: "TenancyTests",
      dependencies: [
        "Tenancy", "OperationalStore", "FileAccess", "Columnar", "HarrierTesting", grdb,
      ],
      swiftSettings: strict
    ),
    .testTarget(
      name: "HuntingTests",
      dependencies: [
        "SourceText", "Columnar", "FileAccess", "Findings", "QueryPlan", "KQLBinding", "Execution",
        "Hunting", "OperationalStore", "TableStore", "Tenancy", "HarrierTesting",
      ],
      swiftSettings: strict
    ),
    .testTarget(
      name: "FleetTests",
      dependencies: [
        "Fleet", "SourceText", "Columnar", "FileAccess", "Execution", "Hunting",
        "OperationalStore", "TableStore", "Tenancy", "HarrierTesting",
      ],
      swiftSettings: strict
    ),
    .testTarget(
      name: "HuntingShellTests",
      dependencies: [
        "HuntingShell", "LineEditor", "SourceText", "Columnar", "FileAccess", "Execution",
        "Hunting", "HarrierTesting",
      ],
      swiftSettings: strict
    ),
    .testTarget(
      name: "LintingTests",
      dependencies: [
        "SourceText", "Columnar", "FileAccess", "Findings", "KQLBinding", "Hunting", "Linting",
      ],
      swiftSettings: strict
    ),
    .testTarget(
      name: "KQLFunctionsTests",
      dependencies: ["KQLFunctions", "Columnar"],
      swiftSettings: strict
    ),
    // Tests
    .target(
      name: "HarrierTesting",
      dependencies: [
        "SourceText", "Columnar", "FileAccess", "Segments", "Execution", "Hunting",
      ],
      swiftSettings: strict
    ),
    .target(
      name: "ScheduleSimulation",
      dependencies: [
        "Columnar", "FileAccess", "StructuredText", "DetectionRules", "Execution", "Hunting",
        "OperationalStore", "Detections", "HarrierTesting",
      ],
      swiftSettings: strict
    ),
    .testTarget(
      name: "CorpusTests",
      dependencies: [
        "HarrierTesting", "SourceText", "Columnar", "FileAccess", "KQLFunctions", "Execution",
        "Hunting",
      ],
      swiftSettings: strict
    ),
    .testTarget(name: "TidyTests", swiftSettings: strict),
  ],
  swiftLanguageModes: [.v6]
)
